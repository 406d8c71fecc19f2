// Draws the labels of a layout with pdfkit and bwip-js, one document each, for about a second of this process's
// own time, and says how many it made a second. With --batch, all of them as pages of one document.
import { readFileSync, writeFileSync } from "node:fs";
import bwipjs from "bwip-js/node";
import PDFDocument from "pdfkit";

const [layout, sample, mode] = process.argv.slice(2);
const { fonts, labels } = JSON.parse(readFileSync(layout, "utf8"));
const [regular, bold] = fonts.map((file) => readFileSync(file));
const greys = ["#000000", "#ffffff", "#595959", "#ededed"];

// options of bwip-js for what we print; FNC1 and the check character are its own work.
function options({ kind, data }) {
  switch (kind) {
    case "code128":
      return { bcid: "code128", text: data };
    case "gs1":
      return { bcid: "code128", text: "^FNC1" + data.replaceAll("\x1d", "^FNC1"), parsefnc: true };
    case "ean13":
      return { bcid: "ean13", text: data };
    case "qr":
      return { bcid: "qrcode", text: data, eclevel: "M" };
  }
  return { bcid: "datamatrix", text: "^FNC1" + data.replaceAll("\x1d", "^FNC1"), parsefnc: true };
}

function symbol(doc, s) {
  const [code] = bwipjs.raw(options(s));
  if (code.pixs) {
    for (let y = 0; y < code.pixy; y++) {
      for (let x = 0; x < code.pixx; x++) {
        const from = x;
        while (x < code.pixx && code.pixs[y * code.pixx + x]) x++;
        if (x > from) doc.rect(s.x + from * s.module, s.y + y * s.module, (x - from) * s.module, s.module);
      }
    }
  } else {
    let x = s.x;
    code.sbs.forEach((width, i) => {
      if (i % 2 === 0) doc.rect(x, s.y, width * s.module, s.height);
      x += width * s.module;
    });
  }
  doc.fill(greys[0]);
}

function draw(doc, label) {
  for (const r of label.rects) doc.rect(r.x, r.y, r.w, r.h).fill(greys[r.ink]);
  for (const s of label.symbols) symbol(doc, s);
  for (const t of label.texts) {
    doc.font(t.bold ? "bold" : "regular").fontSize(t.size).fillColor(greys[t.ink]);
    doc.text(t.s, t.x, t.y, { baseline: "alphabetic", lineBreak: false });
  }
}

function make(list) {
  return new Promise((done) => {
    const chunks = [];
    const doc = new PDFDocument({ autoFirstPage: false, margin: 0 });
    doc.on("data", (c) => chunks.push(c)).on("end", () => done(Buffer.concat(chunks)));
    doc.registerFont("regular", regular);
    doc.registerFont("bold", bold);
    for (const label of list) {
      doc.addPage({ size: [label.w, label.h], margin: 0 });
      draw(doc, label);
    }
    doc.end();
  });
}

const seconds = () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;
const jobs = mode === "--batch" ? [labels] : labels.map((l) => [l]);
writeFileSync(sample, await make(jobs[0]));
for (let i = 0; i < 20 && mode !== "--batch"; i++) await make(jobs[i % jobs.length]); // warm
const begin = seconds();
let made = 0;
for (let i = 0; seconds() - begin < 1; i++) {
  await make(jobs[i % jobs.length]);
  made += jobs[i % jobs.length].length;
}
console.log(made / (seconds() - begin));
