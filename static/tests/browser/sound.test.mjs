// What a worker hears, from the very tones the page makes: rendered to samples and measured. Nobody should
// have to look to know a right scan from a wrong one, in a loud hall and with one range of hearing gone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { floor, missing, page, pair } from "./browser.mjs";

const o = { skip: missing, timeout: 60_000 };
const CLASSES = ["accepted", "note", "choose", "refused", "stop"];
const RATE = 48_000;

// taped lends the page an audio that is rendered instead of played.
function taped() {
  window.AudioContext = class {
    state = "running";
    currentTime = 0;
    resume() {}
    createOscillator() {
      return window.tape.createOscillator();
    }
    createGain() {
      return window.tape.createGain();
    }
    get destination() {
      return window.tape.destination;
    }
  };
}

// heard gives the samples of what a tap plays.
async function heard(p, id) {
  const samples = await p.evaluate(
    async ({ id, rate }) => {
      window.tape = new OfflineAudioContext(1, rate * 1.2, rate);
      document.querySelector(`[data-testid=${id}]`).click();
      return [...(await window.tape.startRendering()).getChannelData(0)];
    },
    { id, rate: RATE },
  );
  return samples;
}

// blows are the stretches that are not silent: from and to in samples.
function blows(samples) {
  const quiet = RATE * 0.015;
  const found = [];
  samples.forEach((x, i) => {
    if (Math.abs(x) < 0.01) return;
    const last = found.at(-1);
    if (last && i - last.to < quiet) last.to = i;
    else found.push({ from: i, to: i });
  });
  return found;
}

// pitch counts how often a tone rises through nothing.
function pitch(samples, { from, to }) {
  const rises = [];
  for (let i = from + 1; i <= to; i++) if (samples[i - 1] <= 0 && samples[i] > 0) rises.push(i);
  return (RATE * (rises.length - 1)) / (rises.at(-1) - rises[0]);
}

// strength is how much of one frequency is in the middle of a tone (Goertzel's sum).
function strength(samples, { from, to }, hz) {
  const [a, b] = [from + (to - from) * 0.2, from + (to - from) * 0.8].map(Math.round);
  let re = 0;
  let im = 0;
  for (let i = a; i < b; i++) {
    re += samples[i] * Math.cos((2 * Math.PI * hz * i) / RATE);
    im += samples[i] * Math.sin((2 * Math.PI * hz * i) / RATE);
  }
  return Math.hypot(re, im);
}

// features are what an ear tells apart: rhythm, pitch, and the overtones that make a timbre.
function features(samples) {
  const list = blows(samples);
  const first = list[0];
  const hz = pitch(samples, first);
  const base = strength(samples, first, hz);
  return {
    blows: list.length,
    ms: Math.round((1000 * (list.at(-1).to - first.from)) / RATE),
    hz: Math.round(hz),
    last: Math.round(pitch(samples, list.at(-1))),
    second: strength(samples, first, 2 * hz) / base,
    third: strength(samples, first, 3 * hz) / base,
    loudest: samples.reduce((m, x) => Math.max(m, Math.abs(x)), 0),
  };
}

const apart = (a, b, ratio) => Math.max(a, b) / Math.min(a, b) >= ratio;
const rhythm = (a, b) => a.blows !== b.blows || apart(a.ms, b.ms, 2);
const height = (a, b) => apart(a.hz, b.hz, 1.3);
const timbre = (a, b) => Math.hypot(a.second - b.second, a.third - b.third) > 0.08;

test("the sounds differ in rhythm, in pitch and in timbre, each by itself", o, async () => {
  const f = await floor();
  const p = await page({ before: taped });
  await pair(p, f);
  await p.getByTestId("menu").click();
  const sounds = {};
  for (const c of CLASSES) sounds[c] = features(await heard(p, `sound-${c}`));
  if (process.env.SHOW) console.table(sounds);
  for (const [i, one] of CLASSES.entries()) {
    for (const other of CLASSES.slice(i + 1)) {
      const [a, b] = [sounds[one], sounds[other]];
      const ways = [rhythm(a, b), height(a, b), timbre(a, b)];
      const wanted = one === "choose" || other === "choose" ? 2 : 3; // a question may sound as pure as a right scan
      assert.ok(ways.filter(Boolean).length >= wanted, `${one} and ${other} are alike: ${JSON.stringify([a, b, ways])}`);
    }
  }
  const { accepted, note, choose, refused, stop } = sounds;
  assert.ok(accepted.blows === 1 && accepted.ms <= 150, "right is one short tone: it comes a thousand times a shift");
  assert.ok(note.last > note.hz && choose.last > choose.hz, "a note and a question rise");
  assert.ok(refused.blows === 1 && refused.ms >= 400 && refused.hz < 300, "wrong is long and low");
  assert.ok(stop.blows === 3 && stop.hz < 300, "stop is three low blows");
  for (const s of [refused, stop]) assert.ok(s.third > 0.2, "what is low has overtones that a small loudspeaker can give");
  for (const [c, s] of Object.entries(sounds)) assert.ok(s.loudest > 0.25 && s.loudest <= 1, `${c} is ${s.loudest} loud`);
});

test("the volume is kept, and none means none", o, async () => {
  const f = await floor();
  const p = await page({ before: taped });
  await pair(p, f);
  await p.getByTestId("menu").click();
  await p.locator(".menu input[type=range]").fill("0.3");
  const soft = features(await heard(p, "sound-accepted")).loudest;
  await p.reload();
  await p.getByTestId("menu").click();
  assert.ok(Math.abs(features(await heard(p, "sound-accepted")).loudest - soft) < 0.01);
  await p.locator(".menu input[type=range]").fill("0");
  assert.deepEqual(blows(await heard(p, "sound-refused")), []);
});
