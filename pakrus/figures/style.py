"""The one style: colours and lines of the states, axes, labels at line ends, phase bands.

The palette is Okabe and Ito's, without those of its colours that do not reach 3:1 on white; every state also has a line style and
a marker of its own, so that no figure hangs on colour.
"""

from matplotlib import patheffects, rcParams
from matplotlib.figure import Figure

from pakrus import dates, phases

COLOURS = {"RUS": "#D55E00", "USA": "#0072B2", "CHN": "#A3467E", "IND": "#00805A", "PAK": "#1A1A1A"}
LINES = {"RUS": "-", "USA": (0, (6, 2)), "CHN": (0, (6, 2, 1, 2)), "IND": (0, (2, 1.5)), "PAK": "-"}
MARKERS = {"RUS": "o", "USA": "s", "CHN": "^", "IND": "D", "PAK": "v"}
NEUTRAL = "#6B6B6B"
WIDTH, HEIGHT = 6.5, 3.6

PARAMETERS = {
    "figure.figsize": (WIDTH, HEIGHT), "figure.facecolor": "white", "savefig.facecolor": "white", "axes.facecolor": "white",
    "font.family": ["DejaVu Sans"], "font.size": 9, "axes.titlesize": 9, "axes.labelsize": 9, "xtick.labelsize": 8.5, "ytick.labelsize": 8.5,
    "axes.spines.top": False, "axes.spines.right": False, "xtick.direction": "out", "ytick.direction": "out",
    "axes.edgecolor": "#444444", "axes.labelcolor": "#222222", "xtick.color": "#333333", "ytick.color": "#333333", "text.color": "#1A1A1A",
    "axes.grid": False, "lines.linewidth": 1.6, "svg.fonttype": "none", "svg.hashsalt": "pakrus", "figure.dpi": 100, "savefig.dpi": 100,
    "legend.frameon": False, "axes.formatter.useoffset": False, "figure.constrained_layout.use": True,
}  # fmt: skip


rcParams.update(PARAMETERS)  # importing the figures sets the book's style


def new(height: float = HEIGHT, rows: int = 1, columns: int = 1, **options):
    """Return figure and axes in the book's style, 6.5 inches wide. No pyplot: it takes longer to load than a figure to draw."""
    figure = Figure(figsize=(WIDTH, height))
    return figure, figure.subplots(rows, columns, **options)


def halo(text):
    """Put a white outline behind a label, so that it reads across lines."""
    text.set_path_effects([patheffects.withStroke(linewidth=2.5, foreground="white")])
    return text


def end_labels(axes, labels: list[tuple[float, float, str, str]], gap: float = 0.055) -> None:
    """Write labels at line ends, pushed apart so that none covers another.

    `labels` holds (x, y, text, colour); `gap` is the least distance as a share of the height of the axes.
    """
    low, high = axes.get_ylim()
    step = gap * (high - low)
    placed: list[float] = []
    for x, y, text, colour in sorted(labels, key=lambda item: item[1]):
        position = max(y, placed[-1] + step) if placed else y
        placed.append(position)
        halo(
            axes.annotate(
                text,
                (x, position),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                color=colour,
                fontsize=8.5,
                annotation_clip=False,
            )
        )


def phase_bands(axes, first: float, last: float, labels: bool = True) -> None:
    """Shade every second phase between two years and name the phases along the top."""
    for row in phases.phases().itertuples():
        start = dates.decimal(row.first_day)
        end = dates.decimal(row.last_day) if isinstance(row.last_day, str) else last + 1
        left, right = max(start, first - 0.5), min(end, last + 0.7)
        if right <= left:
            continue
        if row.number % 2:
            axes.axvspan(left, right, color="#EEF1F4", zorder=0, lw=0)
        if labels and right - left > (last - first) * 0.08:
            axes.annotate(row.title, ((left + right) / 2, 1), xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points",
                          ha="center", va="bottom", fontsize=8, color="#555555")  # fmt: skip


def year_axis(axes, first: int, last: int) -> None:
    """Set the year axis from first to last with round ticks."""
    span = last - first
    step = 10 if span > 40 else 5 if span > 18 else 2
    axes.set_xlim(first - 0.5, last + 0.5)
    axes.set_xticks([year for year in range(first, last + 1) if year % step == 0])
    axes.tick_params(axis="x", length=3)


def share_bands(rows, counted: str, of: str, words: str):
    """Draw shares with their intervals as dots, a band a grouping, and return figure and axes (in per cent).

    `rows` has `grouping`, `group`, `share`, `low`, `high` (0-1) and two columns of counts, `counted` and `of`; `words` name the axis.
    """
    figure, axes = new(height=0.9 + 0.2 * (len(rows) + rows["grouping"].nunique()))
    ticks, labels, level = [], [], 0
    for name, part in rows.groupby("grouping", sort=False):
        axes.text(-0.012, level, name, transform=axes.get_yaxis_transform(), ha="right", va="center", fontsize=8.5, fontweight="bold")  # fmt: skip
        level += 1
        for row in part.to_dict("records"):
            axes.plot([100 * row["low"], 100 * row["high"]], [level, level], color=COLOURS["USA"], lw=1.2)
            axes.plot(100 * row["share"], level, marker="o", color=COLOURS["USA"], ms=4.5)
            ticks.append(level)
            labels.append(f"{row['group']} ({row[counted]} of {row[of]})")
            level += 1
    axes.set_yticks(ticks, labels)
    axes.set_ylim(level - 0.4, -0.6)
    axes.set_xlim(-2, 102)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(words)
    return figure, axes
