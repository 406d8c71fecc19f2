// What the keys of a keyboard type, by their place: a scanner sends places, and the host reads them with its
// own layout. Rows from the top left, without and with Shift; a space stands where nothing of use is.

export type Layout = "us" | "uk" | "fr" | "fr-mac" | "de";

const PLACES = [
  "Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal",
  "KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight Backslash",
  "KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote",
  "IntlBackslash KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash",
]
  .join(" ")
  .split(" ");

const ROWS: Record<Layout, [string[], string[]]> = {
  us: [
    ["`1234567890-=", "qwertyuiop[]\\", "asdfghjkl;'", "\\zxcvbnm,./"],
    ["~!@#$%^&*()_+", "QWERTYUIOP{}|", 'ASDFGHJKL:"', "|ZXCVBNM<>?"],
  ],
  uk: [
    ["`1234567890-=", "qwertyuiop[]#", "asdfghjkl;'", "\\zxcvbnm,./"],
    ['¬!"£$%^&*()_+', "QWERTYUIOP{}~", "ASDFGHJKL:@", "|ZXCVBNM<>?"],
  ],
  fr: [
    ["²&é\"'(-è_çà)=", "azertyuiop^$*", "qsdfghjklmù", "<wxcvbn,;:!"],
    [" 1234567890°+", "AZERTYUIOP¨£µ", "QSDFGHJKLM%", ">WXCVBN?./§"],
  ],
  "fr-mac": [
    ["@&é\"'(§è!çà)-", "azertyuiop^$`", "qsdfghjklmù", "<wxcvbn,;:="],
    ["#1234567890°_", "AZERTYUIOP¨*£", "QSDFGHJKLM%", ">WXCVBN?./+"],
  ],
  de: [
    ["^1234567890ß´", "qwertzuiopü+#", "asdfghjklöä", "<yxcvbnm,.-"],
    ['°!"§$%&/()=?`', "QWERTZUIOPÜ*'", "ASDFGHJKLÖÄ", ">YXCVBNM;:_"],
  ],
};

export const LAYOUTS = Object.keys(ROWS) as Layout[];

const signs = (l: Layout, shift: 0 | 1): string[] => [...ROWS[l][shift].join("")];

const tables = new Map(LAYOUTS.map((l) => [l, new Map(PLACES.map((p, i) => [p, [signs(l, 0)[i]!, signs(l, 1)[i]!] as const]))]));

// typedAt is the sign at a place of a layout, or null where the layout does not say.
export function typedAt(l: Layout, place: string, shift: boolean): string | null {
  return tables.get(l)?.get(place)?.[shift ? 1 : 0] ?? null;
}

// What Caps Lock does to a host: turns letters only, or every key (the French keyboard of Windows).
export type Caps = "off" | "letters" | "all";

export interface Mixture {
  scanner: Layout;
  host: Layout;
  caps: Caps;
  signs: Map<string, string>; // what arrives -> what was meant
}

// mixtures are all the ways in which a scanner of one layout is misread by a host of another.
export function mixtures(): Mixture[] {
  return (all ??= LAYOUTS.flatMap((scanner) =>
    LAYOUTS.flatMap((host) =>
      (["off", "letters", "all"] as const)
        .filter((caps) => caps !== "off" || scanner !== host)
        .map((caps) => ({ scanner, host, caps, signs: mixed(scanner, host, caps) })),
    ),
  ));
}

let all: Mixture[] | undefined;

function mixed(scanner: Layout, host: Layout, caps: Caps): Map<string, string> {
  const out = new Map<string, string>();
  for (const p of PLACES) {
    for (const shift of [false, true]) {
      const meant = typedAt(scanner, p, shift)!;
      const letter = /^\p{L}$/u.test(typedAt(host, p, false)!);
      const turned = caps === "all" || (caps === "letters" && letter);
      const arrives = typedAt(host, p, shift !== turned)!;
      // Two places may type the same sign: the first, of the main rows, is the usual one.
      if (arrives !== " " && meant !== " " && !out.has(arrives)) out.set(arrives, meant);
    }
  }
  return out;
}
