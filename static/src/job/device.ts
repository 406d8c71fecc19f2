import { KINDS, paired, screenOf } from "../doors/kinds";
import { say } from "../words";
import { Condition } from "./condition";
import { Session } from "./session";
import { socketURL } from "./socket";
import { askToKeep } from "./storage";
import { stored, verdictSound } from "./sound";

// The session of a station's page. A page prefers the device of its own kind; where this browser is only
// one device, that one works on every page.

const opening = new Map<string, Promise<Session | null>>();

// deviceSession opens the session for a page, or gives null where this browser is no fitting device.
export function deviceSession(station: string): Promise<Session | null> {
  const known = opening.get(station) ?? open(station);
  opening.set(station, known);
  return known;
}

async function open(station: string): Promise<Session | null> {
  void askToKeep();
  const all = await paired();
  const own = KINDS.filter((k) => screenOf(k) === `/${station}`);
  const device = all.find((d) => own.some((k) => k === d.self.kind)) ?? (all.length === 1 ? all[0] : undefined);
  if (!device) {
    opening.delete(station);
    return null;
  }
  const session = await Session.open({
    keep: device.keep,
    me: device.self,
    url: socketURL(),
    sounds: { stored, verdict: verdictSound },
    words: {
      saved: say("say.saved"),
      undecided: say("say.undecided"),
      needsLink: say("say.needs_link"),
      signInLost: say("say.sign_in_lost"),
      notSaved: say("say.not_saved"),
      notHere: say("say.not_here"),
    },
  });
  session.start();
  new Condition(session.socket).start(session.state);
  return session;
}
