"""The whole relation in one picture: cooperative and conflictual acts a year, the four phases behind them, a few of them named.

What comes in: rows of `events` as they are, and the events to be named, by their keys, with the words for each. What goes out: the
chart of the landing page. The one difficulty: a year without a bar may be a year without a source, so that the picture shows what
was found and its words say so.
"""

import pandas as pd

from pakrus import dates
from pakrus.figures import style
from pakrus.figures.page import Chart, drawn

MOST = 3  # events that a picture of eighty years can name before its words hide its bars


@drawn
def years_of_acts(events: pd.DataFrame, first: int, last: int, named: dict[str, str]) -> Chart:
    """Draw the acts between the two that happened, a year a bar: cooperative ones up, conflictual ones down (table `events`).

    Parameters
    ----------
    events : rows of the table; acts in forums and by others are left out, and so are neutral ones.
    first, last : the years of the axis.
    named : events to name in the picture, at most three: words for each by its `event_id`; the year is written before them.

    Raises
    ------
    ValueError
        When more than three are to be named, or one that is not in the table.
    """
    missing = set(named) - set(events["event_id"])
    if missing or len(named) > MOST:
        raise ValueError(
            f"no event: {', '.join(sorted(missing))}" if missing else f"{len(named)} events named, at most {MOST}"
        )
    rows = events[(events["status"] == "happened") & (events["scope"] == "bilateral")]
    year, sign = rows["date"].map(dates.year), rows["cooperation"].astype(float)
    counts = pd.DataFrame({"year": range(first, last + 1)})
    for column, of in (("cooperative", sign > 0), ("conflictual", sign < 0)):
        counts[column] = counts["year"].map(year[of].value_counts()).fillna(0).astype(int)

    figure, axes = style.new(height=3.4)
    style.phase_bands(axes, first, last)
    axes.bar(counts["year"], counts["cooperative"], width=0.8, color=style.COLOURS["USA"])
    axes.bar(counts["year"], -counts["conflictual"], width=0.8, color="white", edgecolor=style.COLOURS["RUS"], hatch="////", lw=0.8)  # fmt: skip
    axes.axhline(0, color="#444444", lw=0.8)
    axes.set_ylabel("acts between the two, a year")
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    highest, lowest = counts["cooperative"].max() or 1, counts["conflictual"].max() or 1
    axes.set_ylim(-1.2 * lowest, 1.08 * highest)
    for words, height, colour in (
        ("cooperative", 0.94, style.COLOURS["USA"]),
        ("conflictual", 0.03, style.COLOURS["RUS"]),
    ):
        axes.annotate(words, (0.008, height), xycoords="axes fraction", color=colour, fontsize=8.5, fontweight="bold")
    for event, words in named.items():
        _name(axes, counts, events.set_index("event_id").loc[event], words)
    style.year_axis(axes, first, last)

    titles = events.set_index("event_id").loc[list(named), ["date", "title"]].to_numpy()
    most, worst = counts.loc[counts["cooperative"].idxmax()], counts.loc[counts["conflictual"].idxmax()]
    alt = (
        f"Bars of acts between Pakistan and the USSR/Russia that were found, {first} to {last}, over the four phases. {counts['cooperative'].sum()} cooperative ones upwards, "
        f"most in {most['year']} ({most['cooperative']}); {counts['conflictual'].sum()} conflictual ones downwards, most in {worst['year']} ({worst['conflictual']})."
        + (" Named: " + "; ".join(f"{title}, {dates.in_words(date)}" for date, title in titles) + "." if named else "")
    )  # fmt: skip
    return Chart(figure, alt, counts, ("events",), dict.fromkeys(("cooperative", "conflictual"), "events"))


def _name(axes, counts: pd.DataFrame, event: pd.Series, words: str) -> None:
    """Write year and words of an event at its year: a conflictual one to the right of its bar's end, another one above its bar."""
    year = dates.year(event["date"])
    row = counts.set_index("year").loc[year]
    if float(event["cooperation"]) < 0:
        place = {"xy": (year + 0.4, -row["conflictual"]), "xytext": (4, 1), "va": "bottom"}
    else:
        line = {"arrowstyle": "-", "color": style.NEUTRAL, "lw": 0.8, "shrinkA": 0, "shrinkB": 1, "relpos": (0, 0)}
        place = {"xy": (year, row["cooperative"]), "xytext": (0, 12), "va": "bottom", "arrowprops": line}
    axes.annotate(
        f"{year}: {words}", textcoords="offset points", ha="left", fontsize=8.5, annotation_clip=False, **place
    )
