# Draws the labels of a layout with reportlab, one document each, for about a second of this process's own time,
# and says how many it made a second. With --batch, all of them as pages of one document. DataMatrix it cannot.
import io
import json
import sys
import time

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode import code128, eanbc, qr
from reportlab.graphics.shapes import Drawing
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

layout, sample, mode = (sys.argv[1:] + [""])[:3]
data = json.load(open(layout, encoding="utf-8"))
for name, file in zip(("regular", "bold"), data["fonts"]):
    pdfmetrics.registerFont(TTFont(name, file))
GREYS = [0, 1, 0.35, 0.93]
FNC1 = "\xf1"


def symbol(c, label, s):
    top = label["h"] - s["y"]
    if s["kind"] in ("code128", "gs1"):
        text = s["data"] if s["kind"] == "code128" else FNC1 + s["data"].replace("\x1d", FNC1)
        bars = code128.Code128(text, barWidth=s["module"], barHeight=s["height"], quiet=0)
        bars.drawOn(c, s["x"], top - s["height"])
        return
    if s["kind"] == "ean13":
        code = eanbc.Ean13BarcodeWidget(s["data"], barWidth=s["module"], barHeight=s["height"], humanReadable=0, quiet=0)
    elif s["kind"] == "qr":
        code = qr.QrCodeWidget(s["data"], barLevel="M", barBorder=0, barWidth=s["height"], barHeight=s["height"])
    else:
        raise SystemExit("no " + s["kind"])
    d = Drawing(s["height"], s["height"])
    d.add(code)
    renderPDF.draw(d, c, s["x"], top - s["height"])


def draw(c, label):
    c.setPageSize((label["w"], label["h"]))
    for r in label["rects"]:
        c.setFillGray(GREYS[r["ink"]])
        c.rect(r["x"], label["h"] - r["y"] - r["h"], r["w"], r["h"], stroke=0, fill=1)
    c.setFillGray(0)
    for s in label["symbols"]:
        symbol(c, label, s)
    for t in label["texts"]:
        c.setFillGray(GREYS[t["ink"]])
        c.setFont("bold" if t["bold"] else "regular", t["size"])
        c.drawString(t["x"], label["h"] - t["y"], t["s"])
    c.showPage()


def make(labels):
    out = io.BytesIO()
    c = canvas.Canvas(out, pageCompression=1)
    for label in labels:
        draw(c, label)
    c.save()
    return out.getvalue()


jobs = [data["labels"]] if mode == "--batch" else [[label] for label in data["labels"]]
open(sample, "wb").write(make(jobs[0]))
begin, made, i = time.process_time(), 0, 0
while time.process_time() - begin < 1:
    made += len(jobs[i % len(jobs)])
    make(jobs[i % len(jobs)])
    i += 1
print(made / (time.process_time() - begin))
