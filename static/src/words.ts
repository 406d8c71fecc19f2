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
  "step.override": "A lead",
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
  "action.back": "Back",
  "ask.lead": "Ask a lead",
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
  "camera.title": "Scan by camera",
  "camera.opening": "Opening the camera…",
  "camera.look": "Hold one code in the box.",
  "camera.outside": "Move the code into the box.",
  "camera.two": "Two codes in the box: come nearer.",
  "camera.steady": "Hold still.",
  "camera.read": "Read.",
  "camera.held": "Read. Now the next code.",
  "camera.again": "Read it once more",
  "camera.torch": "Light",
  "camera.which": "Which camera",
  "camera.go_on": "Go on",
  "camera.try_again": "Try again",
  "camera.resting": "The camera is resting, to save the battery.",
  "camera.insecure": "A browser gives its camera only to secure pages. Open Floorline by its https:// address; a lead can show you how this device comes to trust it.",
  "camera.none": "No camera was found. Plug one in, or use the scanner.",
  "camera.refused": "This page may not use the camera. Allow it in the browser's settings for this page, then try again.",
  "camera.taken": "The camera does not answer. Close other programs that use it, then try again.",
  "camera.unreadable": "This browser cannot read codes by camera. Use the scanner, or type the code.",
  "typed.mark": "typed by hand",
  "typed.why": "Only where no scanner can read the label: what is typed is marked as typed by hand.",
  "menu.sounds": "Hear the sounds",
  "say.saved": "Saved on this device. It is sent when the link is back.",
  "say.undecided": "Saved here, not decided yet. The floor answers when the link is back.",
  "say.needs_link": "This needs the link to the floor. Wait until nothing is waiting here.",
  "storage.sure": "What waits on this device is safe: the browser has promised to keep it.",
  "storage.may-go": "The browser may clear what waits on this device when it needs room. Install Floorline to keep it.",
  "storage.unknown": "This browser does not say whether it keeps what waits on this device.",
  "storage.little": "There is little room left on this device. Free some before a long walk.",
  "storage.failing": "This device's storage takes nothing. Scans count only while the link is there: stay in reach, and free some room.",
  "storage.none": "This browser keeps nothing",
  "storage.none_why": "Its storage cannot be opened: a private window, a setting that blocks it, or a full disk. A scan made here could be lost, so none is taken. Open Floorline in an ordinary window, or free some room.",
  "storage.again": "Try again",
  "storage.lost": "This browser was {device} and has lost its memory. Have it paired again as {device}.",
  "storage.lost_waiting": "This browser was {device} and has lost its memory, with {count} scans that were not sent. Have it paired again as {device}, and count the tote.",
  "install.do": "Install on this device",
  "install.ios": "On an iPhone or iPad: tap Share, then Add to Home Screen, and open Floorline from there. Otherwise Safari clears what waits here after a week without a visit.",
  "say.not_here": "NOT taken: this page is not the one at work. Do what it says, or scan in the other window.",
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
