import { computed, effect, signal } from "@preact/signals";
import { screen as english } from "../../floor/words/en.json";
import { path } from "./route";

// The words of the screens, in the language of whoever reads them. They lie with what the floor says, one file a
// language (floor/words); English is at hand at once, another comes as a chunk of its own that the service worker
// keeps. The supervisor's desk is English.

export const LANGUAGES = {
  en: "English",
  de: "Deutsch",
  es: "Español",
  fr: "Français",
  pl: "Polski",
  pt: "Português",
  ro: "Română",
  vi: "Tiếng Việt",
  uk: "Українська",
  hi: "हिन्दी",
  zh: "简体中文",
  ar: "العربية",
} as const;
export type Language = keyof typeof LANGUAGES;

type Table = Record<string, string>;
const books = import.meta.glob<Table>("../../floor/words/*.json", { import: "screen" });

const KEY = "floorline.language";

// known is the language of a tag such as de-AT, if there is one.
const known = (tag: string | null | undefined): Language | undefined => {
  const base = (tag ?? "").split(/[-_]/)[0]!.toLowerCase();
  return base in LANGUAGES ? (base as Language) : undefined;
};

// own is this device's language, for who has not signed in yet.
export const own = signal<Language>(known(localStorage.getItem(KEY)) ?? navigator.languages.map(known).find((l) => l) ?? "en");

export function choose(tag: Language): void {
  localStorage.setItem(KEY, tag);
  own.value = tag;
}

const spoken = signal<Language | undefined>(undefined);

// speak follows the language in which the floor says what comes next: that of who is signed in.
export function speak(tag: string | undefined): void {
  spoken.value = known(tag) ?? spoken.value;
}

export const language = computed<Language>(() => (path.value.startsWith("/floor") ? "en" : (spoken.value ?? own.value)));

const table = signal<Table>(english);
const atHand: Partial<Record<Language, Table>> = { en: english };

effect(() => {
  const l = language.value;
  const words = atHand[l];
  if (words) return turn(l, words); // at once, so that no screen is half in one language and half in another
  void read(l).then((words) => language.peek() === l && turn(l, words));
});

function turn(l: Language, words: Table): void {
  table.value = words;
  document.documentElement.lang = l;
  document.documentElement.dir = l === "ar" ? "rtl" : "ltr";
}

// read fetches a language; where it cannot be had, English is better than nothing.
async function read(l: Language): Promise<Table> {
  try {
    return (atHand[l] = await books[`../../floor/words/${l}.json`]!());
  } catch (e) {
    console.warn(e);
    return english;
  }
}

const desk: Table = {
  "desk.scanner": "Scanner",
  "desk.scanner.none": "not set up",
  "desk.scanner.good": "Well set.",
  "desk.scanner.of": "Scanner of {device}",
  "desk.scanner.anew": "Set it up anew",
  "desk.scanner.how": "On {device} open the menu and tap Set up the scanner. Scan the codes there, from the printed sheet or from here.",
  "desk.scanner.ok": "Done",
  "desk.trust": "Trust this server on a device",
  "desk.trust.how": "Scan this with a device that shows a warning. Its steps open by themselves.",
  "desk.trust.open": "See the steps",
  "desk.scanner.sheet": "The sheet of codes that sets up a scanner",
};

// say gives the words for a key, with what belongs into their places. A code without a word is shown as itself.
export function say(key: string, values: Record<string, string | number> = {}): string {
  const text = table.value[key] ?? (english as Table)[key] ?? desk[key] ?? plain(key.slice(key.lastIndexOf(".") + 1));
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? isolated(String(values[name])) : place));
}

// isolated keeps a code in one piece within words that run from right to left.
const isolated = (value: string): string => (language.peek() === "ar" ? `\u2068${value}\u2069` : value);

export const has = (key: string): boolean => key in english;

// plain makes a code word readable: not_found becomes "not found".
export function plain(code: string): string {
  return code.replaceAll("_", " ");
}

// Numbers are set as the language does, in Western digits: they are compared with what is printed.
const numbers = computed(() => new Intl.NumberFormat(`${language.value}-u-nu-latn`));

export const count = (n: number | undefined): string => (n === undefined ? "" : numbers.value.format(n));

export const grams = (g: number | undefined): string => (g === undefined ? "" : `${numbers.value.format(g)} g`);

export function when(at: string | undefined): string {
  if (!at) return "";
  const d = new Date(at);
  const today = new Date().toDateString() === d.toDateString();
  return today ? d.toLocaleTimeString() : d.toLocaleString([], { dateStyle: "short", timeStyle: "short" });
}
