import { say } from "../words";
import { me, openKeep } from "./keep";
import { Session } from "./session";
import { socketURL } from "./socket";
import { stored, verdictSound } from "./sound";

// The one session of this browser, shared by the handheld, the bench and the dock pages.

let opening: Promise<Session | null> | null = null;

// deviceSession opens the session of the paired device, or gives null where this browser is none.
export function deviceSession(): Promise<Session | null> {
  opening ??= open();
  return opening;
}

async function open(): Promise<Session | null> {
  void navigator.storage?.persist?.();
  const keep = await openKeep();
  const self = await me(keep);
  if (!self) {
    opening = null;
    return null;
  }
  const session = await Session.open({
    keep,
    me: self,
    url: socketURL(),
    sounds: { stored, verdict: verdictSound },
    words: {
      saved: say("say.saved"),
      undecided: say("say.undecided"),
      needsLink: say("say.needs_link"),
      signInLost: say("say.sign_in_lost"),
    },
  });
  session.start();
  return session;
}

export async function token(): Promise<string> {
  return (await me(await openKeep()))?.token ?? "";
}
