"""The rules of the derived tables: they are held against each other and against themselves, without the publishers' files.

In go rows in memory (all values text) and the descriptor, out come problems. The difficulty: `derive --check` sees every
difference but needs the publishers' files, which a contributor has not; so whatever one cell of a derived table says is
asked of the other cells that say it too. Each strand has its module; `known` holds what they share.
"""

from collections.abc import Mapping

from pakrus.checks.derived import arms, counts, money, positions, shape, sources, votes, words  # noqa: F401, they enter rules
from pakrus.checks.derived.known import Known, rule
from pakrus.checks.problem import Problem, Row


def problems(rows: Mapping[str, list[Row]], package: dict) -> list[Problem]:
    """Return where the derived tables contradict themselves or each other.

    `rows` maps a table's name to its rows as read, all values text; `package` is the descriptor. A rule that needs a
    table which is not there is not asked; a cell that is no number is `schema`'s to report and is passed over.
    """
    shape.enter(shape.made_of_files(package))
    return rule.problems(rows, Known(rows, package))
