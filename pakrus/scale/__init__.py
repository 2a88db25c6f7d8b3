"""What a reader goes on to with event data by the billion: the same query on larger engines, and how cost grows."""
