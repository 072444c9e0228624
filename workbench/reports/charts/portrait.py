"""A document's portrait: a bar for each coded stretch, from the first word to the last."""

from __future__ import annotations

import plotly.graph_objects as go

from workbench.base.languages import words
from workbench.findings.portrait import Portrait
from workbench.findings.quality import BAD, GOOD
from workbench.reports.charts.dress import BLUE, INK, VERMILION, dressed, wrapped

_TONES = ((GOOD, "tone_good", BLUE, ""), (BAD, "tone_bad", VERMILION, "/"))


def portrait_chart(portrait: Portrait) -> go.Figure:
    """Draw codes as rows, in the order in which they first come up; tone by colour and pattern."""
    say, book = words(portrait.language), portrait.study.codebook
    codes = list(dict.fromkeys(s.code for s in portrait.stretches))
    label = {c: wrapped(book[c].label.say(portrait.language), 34) for c in codes}
    told = {ref for ref, *_ in _TONES}
    kinds = [*_TONES, ("", "tone_other", "#ffffff", "")]
    figure = go.Figure()
    for ref, key, colour, pattern in kinds:
        here = [s for s in portrait.stretches if (s.tone if s.tone in told else "") == ref]
        figure.add_bar(
            y=[label[s.code] for s in here],
            x=[s.end - s.start for s in here],
            base=[s.start for s in here],
            orientation="h",
            name=say(key),
            customdata=[s.turn for s in here],
            hovertemplate=f"{say('turn')} %{{customdata}}<extra></extra>",
            marker={
                "color": colour,
                "line": {"color": INK, "width": 1},
                "pattern": {"shape": pattern},
            },
        )
    figure.update_yaxes(categoryorder="array", categoryarray=list(label.values()))
    figure.update_xaxes(
        range=[0, portrait.length], title=say("portrait_axis"), separatethousands=True
    )
    dressed(figure, "", len(codes)).update_layout(barmode="overlay", bargap=0.4)
    return figure.update_layout(legend={"y": 1, "yanchor": "bottom"}, margin={"t": 50, "b": 50})
