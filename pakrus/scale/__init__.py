"""What a reader goes on to with event data by the billion: the same query on larger engines, and how cost grows.

For this book nobody needs this room: `pakrus.measures.dyads` answers for all pairs of states and 80 sessions in a
fraction of a second. It is for who brings votes of other bodies, or machine-coded events of the whole world, and asks
how far one machine goes (`scaling`) and whether a cluster would give the same answer (`engines`).
"""
