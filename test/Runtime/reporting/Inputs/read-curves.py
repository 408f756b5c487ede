#===- read-curves.py - Reads pages of learning curves --------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# usage: read-curves.py FOLDER
#
# The folder holds the pages that ../learning-curves.cpp writes.
#
#===----------------------------------------------------------------------===#

import math
import pathlib
import re
import sys
import xml.etree.ElementTree as tree

SVG = "{http://www.w3.org/2000/svg}"
folder = pathlib.Path(sys.argv[1])


class Page:
    def __init__(self, name):
        self.text = (folder / name).read_text(encoding="utf-8")
        # Both figures are well formed, and so is the rest.
        self.figures = [
            tree.fromstring(element)
            for element in re.findall(
                r"<svg xmlns.*?</svg>", self.text, flags=re.DOTALL
            )
        ]
        assert self.figures, name
        body = re.search(r"<body>.*</body>", self.text, flags=re.DOTALL)
        if body:
            tree.fromstring(body.group())
        # Nothing comes from elsewhere, and nothing runs.
        references = re.findall(r"(?:https?:|//|url\(|src=|href=)\S*", self.text)
        assert all("www.w3.org/2000/svg" in each for each in references), references
        assert "<script" not in self.text and "@import" not in self.text
        assert "prefers-color-scheme:dark" in self.text
        for figure in self.figures:
            self.check_figure(figure)

    def check_figure(self, figure):
        names = figure.get("aria-labelledby").split()
        ids = {e.get("id"): e for e in figure.iter() if e.get("id")}
        assert figure.get("role") == "img" and len(names) == 2
        assert ids[names[0]].tag == SVG + "title" and ids[names[0]].text
        assert ids[names[1]].tag == SVG + "desc" and ids[names[1]].text
        _, _, width, height = map(float, figure.get("viewBox").split())
        for x, y in self.numbers(figure):
            assert -1 <= x <= width + 1 and -1 <= y <= height + 1, (x, y)
        assert not re.search(r"\b(nan|inf)\b", " ".join(self.paths(figure)))

    @staticmethod
    def paths(figure):
        return [e.get("d") for e in figure.iter(SVG + "path")]

    @classmethod
    def numbers(cls, figure):
        for d in cls.paths(figure):
            for x, y in re.findall(r"[ML](\S+?) ([^MLHVhvlm]+)", d):
                yield float(x), float(y)
        for circle in figure.iter(SVG + "circle"):
            yield float(circle.get("cx")), float(circle.get("cy"))

    def lines(self, color, figure=0):
        """The pieces of the curves of a colour, as lists of points."""
        found = []
        for path in self.figures[figure].iter(SVG + "path"):
            kinds = path.get("class", "").split()
            if "line" not in kinds or f"c{color}" not in kinds:
                continue
            for piece in path.get("d").split("M")[1:]:
                if not re.search("[hl]", piece):  # Not a sample of the legend.
                    found.append(
                        [tuple(map(float, p.split())) for p in piece.split("L")]
                    )
        return found

    def texts(self, figure=0):
        return [e.text for e in self.figures[figure].iter(SVG + "text")]

    def pointed_at(self, figure=0):
        return [
            group.find(SVG + "title").text
            for group in self.figures[figure].iter(SVG + "g")
        ]


one = Page("one.html")
assert len(one.figures) == 2 and one.figures[0].get("class") == "wide"
assert "digits, training" in one.texts() and "digits, validation" in one.texts()
assert "lowest validation" in one.texts() and "loss" in one.texts()
assert [len(piece) for piece in one.lines(0)] == [20]
assert [len(piece) for piece in one.lines(1)] == [20]
assert len(one.pointed_at()) == 20
assert one.pointed_at()[11] == (
    "epoch 12\ndigits: training 1.002, validation 0.5000"
)
assert "lowest validation loss 0.5000 in epoch 12" in one.text
assert "<td>0.5000</td><td>12</td>" in one.text

picture = Page("one.svg")
assert picture.text.startswith("<svg") and "Digits" in picture.texts()

two = Page("two.html")
assert "&lt;b&gt;&quot;slow&quot; &amp; steady" in two.text
assert 'fast\N{REPLACEMENT CHARACTER} ' in two.texts()
assert "loss (logarithmic)" in two.texts() and "learning rate" in two.texts()
assert {"training", "validation"} <= set(two.texts())
dashed = [
    path
    for path in two.figures[0].iter(SVG + "path")
    if path.get("class") == "line c0 dashed"
]
assert len(dashed) == 1

holes = Page("holes.html")
assert [len(piece) for piece in holes.lines(0)] == [2, 5]
crosses = [
    path
    for path in holes.figures[0].iter(SVG + "path")
    if path.get("class") == "cross c0"
]
assert len(crosses) == 3  # One of them in the legend.
assert "not finite" in holes.texts()
assert "epoch 5\nholes: training inf" in holes.pointed_at()

many = Page("many.html")
assert len(many.text) < 500_000
assert "running median" in many.texts()
heights = [y for piece in many.lines(0) for _, y in piece]
ticks = {e.text: float(e.get("y")) for e in many.figures[0].iter(SVG + "text")}
# Ticks tell where 3 and 0.5 are: both are there, to a tenth of a pixel.
high = ticks["3"] - 0.35 * 13
low = ticks["0.5"] - 0.35 * 13
assert abs(min(heights) - high) < 0.1 and abs(max(heights) - low) < 0.1
assert len(many.pointed_at()) <= 161

sparse = Page("sparse.html")
assert [len(piece) for piece in sparse.lines(1)] == [6]

negative = Page("negative.html")
assert "cannot show 5 losses that are not positive" in negative.text
assert [len(piece) for piece in negative.lines(0)] == [4]

seconds = Page("seconds.html")
assert "time (s)" in seconds.texts()

assert "No epoch has a loss that can be drawn." in Page("none.html").texts()
assert "No epoch has a loss that can be drawn." in Page("nan.html").texts()
Page("empty.html")
single = Page("single.html")
assert any(e.get("class") == "f0" for e in single.figures[0].iter(SVG + "circle"))
extreme = Page("extreme.html")
assert not math.isnan(extreme.lines(0)[0][0][1])
