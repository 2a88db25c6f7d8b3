"""How far a headline figure moves when one choice behind it is made otherwise."""

import pandas as pd
from matplotlib.lines import Line2D

from pakrus.figures import style
from pakrus.figures.page import Chart, drawn

# kind of choice: name in the legend, marker, colour
LOOKS = {
    "baseline": ("the book's choice", "D", "#1A1A1A"),
    "all_roll_calls": ("all roll calls", "s", "#0072B2"),
    "abstention_dropped": ("yes and no only", "v", "#D55E00"),
    "abstention_half": ("abstention half", "^", "#D55E00"),
    "edition": ("other edition", "P", "#00805A"),
    "reporter": ("other reporter", "P", "#00805A"),
    "deflator": ("constant dollars", "s", "#0072B2"),
    "phase_cut": ("other boundary", "o", "#A3467E"),
    "coding": ("other coding", "s", "#0072B2"),
    "scope": ("other scope", "^", "#D55E00"),
    "definition": ("other definition", "X", "#6B6B6B"),
}


@drawn
def variant_dots(rows: pd.DataFrame, panels: dict[str, list[str]], zero: float = 0.0) -> Chart:
    """Draw every variant of some figures as a dot with its interval, the book's own choice first in each band.

    `rows` is the table `sensitivity` (or rows in its columns, `pakrus.measures.variants`); `panels` maps the
    title of a panel to figure ids, one band each; all panels have as many bands, named by the first panel's `part`.
    `zero` is marked by a line: a dot beyond it changes the direction. Other draws of the bootstrap are left out.

    Raises
    ------
    ValueError
        When a figure is not in the table or the panels differ in length.
    """
    wanted = [figure for figures in panels.values() for figure in figures]
    missing = sorted(set(wanted) - set(rows["figure_id"]))
    if missing:
        raise ValueError(f"no rows for {', '.join(missing)}")
    if len({len(figures) for figures in panels.values()}) != 1:
        raise ValueError("every panel needs the same number of figures")
    rows = rows[rows["variant_kind"].isin(LOOKS)]
    bands = len(next(iter(panels.values())))
    lines = -(-len(panels) // 2)
    height = 0.75 + lines * (0.35 + 0.62 * bands)
    figure, grid = style.new(height, lines, 2, sharey=True, squeeze=False)
    parts, words, used = [], [], set()
    for axes, (title, figures) in zip(grid.flat, panels.items(), strict=False):
        axes.axvline(zero, color=style.NEUTRAL, lw=0.8)
        kept = told = 0
        for band, id_ in enumerate(figures):
            own = rows[rows["figure_id"] == id_]
            if axes is grid.flat[0]:
                parts.append(own["part"].iloc[0].replace(" to ", "\nto "))
            if band % 2:
                axes.axhspan(band - 0.5, band + 0.5, color="#EEF1F4", zorder=0, lw=0)
            for place, record in enumerate(own.itertuples()):
                _, marker, colour = LOOKS[record.variant_kind]
                height = band - 0.4 + 0.8 * (place + 0.5) / len(own)
                if not (pd.isna(record.low) or pd.isna(record.high)):
                    axes.plot([record.low, record.high], [height, height], color=colour, lw=0.9, alpha=0.7)
                axes.plot(record.value, height, marker=marker, color=colour, ms=3.6, ls="")
                used.add(record.variant_kind)
            kept += int(own["same_direction"].sum())
            told += int(own["same_direction"].notna().sum())
        axes.set_title(title)
        words.append(f"{title}: {kept} of {told} variants keep the direction")
    for axes in list(grid.flat)[len(panels) :]:
        axes.set_visible(False)
    grid[0, 0].set_yticks(range(bands), parts)
    grid[0, 0].set_ylim(bands - 0.5, -0.5)
    for axes in grid.flat:
        axes.tick_params(axis="y", length=0)
    looks = [look for kind, look in LOOKS.items() if kind in used]
    handles = [Line2D([], [], marker=m, color=c, ls="", ms=4, label=n) for n, m, c in looks]
    style.legend(figure, handles, 3)
    plotted = rows[rows["figure_id"].isin(wanted)].drop(columns=["strand"]).reset_index(drop=True)
    alt = (
        f"Dot charts of {len(wanted)} comparisons with all their variants, {len(plotted)} dots with their "
        f"intervals, against a line at {zero:g}. {'; '.join(words)}."
    )
    return Chart(figure, alt, plotted, ("sensitivity",))
