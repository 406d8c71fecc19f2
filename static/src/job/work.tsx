import { effect, signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { busyWithJob, renew } from "../update";
import { say, speak } from "../words";
import { Actions } from "./actions";
import { Camera, scannable } from "./camera";
import { calibration, closeCalibration } from "./calibration";
import { cameraOpen } from "./camera-open";
import { Capture } from "./capture";
import { deviceSession } from "./device";
import { HomeScreen, Lost, NoStorage, Trouble } from "./install";
import { lostDevice } from "./mark";
import { padKeys, Sheets, sheet } from "./sheets";
import type { Session } from "./session";
import { DriftWord, Setup } from "./setup";
import { unlock, unlocked } from "./sound";
import { TopBar } from "./topbar";
import { VerdictPanel } from "./verdict";
import "../look/work.css";
import "../look/slot.css";
import "../look/verdict.css";
import "../look/sheets.css";
import "../look/hand.css";

// Work is the frame around every screen that works by scans: who is here and how the link is, the prompt in
// the middle, what may be tapped, and the verdict over it all. The prompt differs by station.

// The shift is started once; after a reload the first touch or key unlocks sound and buzz again by itself.
const STARTED = "floorline.started";
const started = signal(sessionStorage.getItem(STARTED) !== null);

export function Work({ station, Prompt }: { station: string; Prompt: ComponentType<{ s: Session }> }) {
  const [s, setSession] = useState<Session | "no storage" | null | undefined>(undefined);
  useEffect(() => {
    deviceSession(station).then(setSession, (e: unknown) => {
      console.warn(e);
      setSession("no storage");
    });
  }, []);
  if (s === undefined) return <p class="loading" role="status">{say("loading")}</p>;
  if (s === "no storage") return <NoStorage />;
  if (s === null) return <NotPaired station={station} />;
  return <AtWork s={s} station={station} Prompt={Prompt} />;
}

function AtWork({ s, station, Prompt }: { s: Session; station: string; Prompt: ComponentType<{ s: Session }> }) {
  useEffect(() => listen(s), [s]);
  useEffect(() => effect(() => speak(s.next.value.language)), [s]); // at once: the effects of signals wait for a frame
  const n = s.next.value;
  const busy = n.job !== null || s.amber.value > 0;
  useEffect(() => {
    busyWithJob.value = busy;
  }, [busy]);
  const apart = ["elsewhere", "old", "signin", "forbidden"].includes(s.state.value) || (!s.known.value && s.state.value !== "live");
  const seeing = cameraOpen.value && !apart && scannable(s) && !calibration.value;
  return (
    <div class={`work ${station}`} data-step={n.step} data-job={n.job?.kind ?? ""}>
      <TopBar s={s} />
      <main class={`prompt ${seeing ? "seeing" : ""}`} tabIndex={0}>
        {seeing && <Camera s={s} />}
        <Trouble failing={s.failing.value} />
        <DriftWord own={s.scanner} />
        {apart ? <Apart s={s} /> : <Prompt s={s} />}
      </main>
      {!apart && <Actions s={s} />}
      <VerdictPanel s={s} />
      <Sheets s={s} />
      <Setup s={s} />
      {!started.value && <ShiftStart />}
    </div>
  );
}

// listen takes every scan for as long as a working screen is open. A scan closes whatever was being tapped:
// the scanner always goes first. There is one capture for the work and for setting up the scanner: where each had
// its own, the keys between the end of one and the start of the other were lost, and half a code came in.
function listen(s: Session): () => void {
  const capture = new Capture(window, {
    onScan: (code, origin) => {
      begin();
      sheet.value = null;
      s.scanner.scanned();
      s.scan(code, origin);
    },
    get onSample() {
      return calibration.value?.heard;
    },
    profile: () => s.scanner.profile.value,
    onGarbled: (code, turned) => s.scanner.garble(code, turned),
    onDrift: (c) => void s.scanner.drifted(c),
    onAgrees: () => void s.scanner.drifted(""),
    onKeys: (keys) => padKeys.value?.(keys) ?? false,
    undecided: (code) => s.undecided(code),
    wanted: (code) => s.next.value.want.some((w) => w.code === code),
  });
  const first = new AbortController();
  for (const kind of ["pointerup", "keydown"]) {
    addEventListener(kind, () => started.value && begin(), { signal: first.signal, capture: true });
  }
  const stop = capture.start();
  return () => {
    first.abort();
    stop();
    closeCalibration();
  };
}

function begin(): void {
  if (started.value && unlocked.value) return;
  started.value = true;
  sessionStorage.setItem(STARTED, "yes");
  unlock();
}

function ShiftStart() {
  return (
    <div class="shift-start" role="dialog" aria-label={say("shift.start")}>
      <button type="button" class="primary huge" data-testid="shift-start" onClick={begin}>
        {say("action.start")}
      </button>
      <p>{unlocked.value ? "" : say("shift.tap")}</p>
      <HomeScreen />
    </div>
  );
}

function NotPaired({ station }: { station: string }) {
  const lost = lostDevice(station);
  return (
    <main class="door">
      <h1>{say("unpaired")}</h1>
      {lost && <Lost name={lost.name} waiting={lost.waiting} />}
      <p>{say("unpaired.how")}</p>
      <a class="button primary" href="/pair">
        {say("door.pair")}
      </a>
    </main>
  );
}

function Apart({ s }: { s: Session }) {
  if (s.state.value === "elsewhere") {
    return (
      <div class="apart">
        <h1>{say("apart.elsewhere")}</h1>
        <p>{say("apart.elsewhere.why")}</p>
        <button type="button" class="primary huge" onClick={() => s.here()}>
          {say("apart.here")}
        </button>
      </div>
    );
  }
  if (s.state.value === "old") {
    return (
      <div class="apart">
        <h1>{say("apart.old")}</h1>
        <p>{say("apart.old.why")}</p>
        <button type="button" class="primary huge" onClick={() => void renew()}>
          {say("apart.renew")}
        </button>
      </div>
    );
  }
  if (s.state.value === "signin" || s.state.value === "forbidden") {
    return (
      <div class="apart">
        <h1>{say("apart.unknown")}</h1>
        <p>{say("apart.unknown.why")}</p>
        <a class="button primary" href="/pair">
          {say("door.pair")}
        </a>
      </div>
    );
  }
  return (
    <div class="apart" role="status">
      <h1>{say(`link.${s.state.value}`)}</h1>
      <p>{say("link.looking")}</p>
    </div>
  );
}
