// The words of the screens. What the floor says comes from the floor; these are the labels around it.
// One table per language, keyed by what the text is for; a code without a word is shown as itself.

const en: Record<string, string> = {
  "link.connecting": "connecting",
  "link.live": "live",
  "link.catching": "catching up",
  "link.offline": "offline",
  "link.elsewhere": "open elsewhere",
  "link.signin": "not paired",
  "link.forbidden": "not allowed",
  "link.old": "update needed",
  "class.accepted": "Right",
  "class.note": "Note",
  "class.choose": "Choose",
  "class.refused": "Wrong",
  "class.stop": "Stop",
  "class.saved": "Saved here",
  "step.badge": "Sign in",
  "step.pin": "PIN",
  "step.start": "Ready",
  "step.tote": "Tote",
  "step.bin": "Go to",
  "step.item": "Pick",
  "step.item.pack": "Check",
  "step.item.putback": "Put back",
  "step.tote.putback": "Fetch",
  "step.serial": "Serial",
  "step.slot": "Put",
  "step.stage": "Drop",
  "step.open": "Open",
  "step.carton": "Carton",
  "step.weigh": "Weigh",
  "step.label": "Label",
  "step.parcel": "Load",
  "step.close": "Close",
  "step.finish": "Finish",
  "action.start": "Start",
  "action.short": "Short",
  "action.skip": "Skip",
  "action.undo": "Undo",
  "action.qty": "Quantity",
  "action.full": "Tote full",
  "action.damaged": "Damaged",
  "action.swap": "Take this lot",
  "action.misplaced": "It lies here wrongly",
  "action.leave": "Leave",
  "action.close": "Close",
  "action.finish": "Finish",
  "action.signout": "Sign out",
  "action.weigh": "Weigh",
  "action.reprint": "Print again",
  "job.pick": "Pick",
  "job.pack": "Pack",
  "job.load": "Load",
  "job.putback": "Put back",
  "reason.missing": "Not there",
  "reason.damaged": "Damaged",
  "reason.wrong_item": "Wrong item in the bin",
  "reason.expired": "Expired",
  "reason.blocked": "Cannot reach it",
  "menu.sounds": "Hear the sounds",
  "say.saved": "Saved on this device. It is sent when the link is back.",
  "say.undecided": "Saved here, not decided yet. The floor answers when the link is back.",
  "say.needs_link": "This needs the link to the floor. Wait until nothing is waiting here.",
  "say.not_saved": "NOT saved and NOT counted: this device's storage takes nothing. Get the link back, or free some room; then scan it again.",
  "say.sign_in_lost": "The link broke during sign-in. Scan your badge again.",
};

const tables: Record<string, Record<string, string>> = { en };

export function say(key: string): string {
  return tables.en?.[key] ?? plain(key.slice(key.lastIndexOf(".") + 1));
}

export function has(key: string): boolean {
  return key in en;
}

// plain makes a code word readable: not_found becomes "not found".
export function plain(code: string): string {
  return code.replaceAll("_", " ");
}

const numbers = new Intl.NumberFormat("en");

export const count = (n: number | undefined): string => (n === undefined ? "" : numbers.format(n));

export const grams = (g: number | undefined): string => (g === undefined ? "" : `${numbers.format(g)} g`);

export function when(at: string | undefined): string {
  if (!at) return "";
  const d = new Date(at);
  const today = new Date().toDateString() === d.toDateString();
  return today ? d.toLocaleTimeString() : d.toLocaleString([], { dateStyle: "short", timeStyle: "short" });
}
