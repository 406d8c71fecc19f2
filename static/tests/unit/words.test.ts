import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { states } from "../fake/states.mjs";
import english from "../../../floor/words/en.json";
import { KINDS, STATIONS } from "../../src/doors/kinds";
import { choose, language, LANGUAGES, own, say, speak } from "../../src/words";

// The words of the screens: each key that is asked for is there, each that is there is asked for, and no text stands
// in a screen of the floor beside the table. That no language lacks one is a test of floor/words.

const SRC = join(import.meta.dirname, "../../src");
const files = (dir: string): string[] =>
  readdirSync(dir).flatMap((name) => {
    const at = join(dir, name);
    return statSync(at).isDirectory() ? files(at) : /\.tsx?$/.test(name) ? [at] : [];
  });
const sources = files(SRC).map((at) => [at.slice(SRC.length + 1), readFileSync(at, "utf8")] as const);
const keys = Object.keys(english.screen);

// Families are keys whose last word is computed: a step, an action, a state.
const FAMILIES = ["scale", "action", "apart", "camera", "class", "door.kind", "door.use", "drift", "fact", "job", "link", "print", "problem", "reason", "scanner", "setup", "sheet", "step", "storage", "takeover", "vehicle"];

describe("the words of the screens", () => {
  it("has every key that is asked for", () => {
    const asked = sources.flatMap(([, text]) => [...text.matchAll(/\bsay\(\s*"([^"]+)"/g)].map((m) => m[1]!));
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((k) => !keys.includes(k) && !k.startsWith("desk."))).toEqual([]);
  });

  it("has the computed keys of every step, action, job and kind of device", () => {
    const shown = Object.values(states).map(([, n]) => n);
    const asked = shown.flatMap((n) => [`step.${n.step}`, ...n.actions.filter((a) => a !== "answer").map((a) => `action.${a}`), ...(n.job ? [`job.${n.job.kind}`] : []), ...(n.show.reasons ?? []).map((r) => `reason.${r}`)]);
    asked.push(...KINDS.map((k) => `door.kind.${k}`), ...STATIONS.map((k) => `door.use.${k}`));
    expect(asked.length).toBeGreaterThan(100);
    expect([...new Set(asked)].filter((k) => !keys.includes(k))).toEqual([]);
  });

  it("has no key that nobody asks for", () => {
    const all = sources.map(([, text]) => text).join("\n");
    const family = (k: string): boolean => FAMILIES.some((f) => k.startsWith(`${f}.`));
    expect(keys.filter((k) => !family(k) && !all.includes(`"${k}"`))).toEqual([]);
  });

  it("leaves no text beside the table", () => {
    const screens = sources.filter(([at]) => /^(doors|job|bench|dock|handheld)\/.*\.tsx$/.test(at));
    expect(screens.length).toBeGreaterThan(15);
    const bare = screens.flatMap(([at, text]) => {
      const markup = text.replace(/\/\/.*$/gm, "");
      const between = [...markup.matchAll(/>\s*([A-Z][a-z]+[^<>{}=;()]*)\s*(?:<\/|\{)/g)].map((m) => m[1]!.trim());
      const attributes = [...markup.matchAll(/(?:aria-label|title|placeholder|label|ok|send)="([^"]*[a-z]{2}[^"]*)"/g)].map((m) => m[1]!);
      return [...between, ...attributes].filter((t) => t !== "Floorline").map((t) => `${at}: ${t}`);
    });
    expect(bare).toEqual([]);
  });

  it("fills places, and leaves what has no value", () => {
    expect(say("slot", { slot: 3 })).toBe("Slot 3");
    expect(say("takeover.with", { job: "PL-0001-X" })).toBe("PL-0001-X is with {worker}.");
  });

  it("follows who is signed in, then the device, in every language", async () => {
    choose("pl");
    expect([own.value, language.value, localStorage.getItem("floorline.language")]).toEqual(["pl", "pl", "pl"]);
    for (const tag of Object.keys(LANGUAGES)) {
      speak(`${tag}-XX`);
      await expect.poll(() => [language.value, document.documentElement.lang, document.documentElement.dir]).toEqual([tag, tag, tag === "ar" ? "rtl" : "ltr"]);
    }
    for (const tag of ["de", "ar"]) { // once it is at hand nothing is waited for: no screen is half in one and half in another
      speak(tag);
      expect([document.documentElement.lang, say("slot", { slot: 3 })]).toEqual([tag, expect.stringContaining(tag === "ar" ? "\u20683\u2069" : "Fach 3")]);
    }
    speak("xx"); // unknown: it stays as it is
    expect(language.value).toBe("ar");
    expect(say("slot", { slot: 3 })).toContain("\u20683\u2069");
  });
});
