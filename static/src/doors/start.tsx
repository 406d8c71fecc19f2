import { useEffect, useState } from "preact/hooks";
import { get, post, remove } from "../api";
import { forget, me, openKeep, type Me } from "../job/keep";
import { go } from "../route";
import { turnTheme } from "../theme";
import { screenOf } from "./kinds";

// Where am I, and where can I go from here.

export interface Who {
  worker?: { id: string; name: string; roles?: string[] } | null;
  site?: { name?: string } | null;
  demo?: boolean;
}

export function Start() {
  const [device, setDevice] = useState<Me | null>(null);
  const [who, setWho] = useState<Who | null>(null);
  useEffect(() => {
    void openKeep().then(me).then(setDevice);
    get<Who>("/me").then(setWho, () => setWho(null));
  }, []);
  return (
    <main class="door start">
      <h1>
        Floorline <small>{who?.site?.name}</small>
      </h1>
      <DeviceCard device={device} onForget={() => setDevice(null)} />
      <PersonCard who={who} onOut={() => setWho(null)} />
      {who?.demo && <DemoCard />}
      <nav class="door-links" aria-label="More">
        <a href="/api/docs">API</a>
        <button type="button" class="bare" onClick={turnTheme}>
          Light or dark
        </button>
      </nav>
    </main>
  );
}

function DeviceCard({ device, onForget }: { device: Me | null; onForget: () => void }) {
  if (!device) {
    return (
      <section class="card">
        <h2>Work with a scanner</h2>
        <p>Pair this device once; then people sign in on it with their badge.</p>
        <a class="button primary" href="/pair" data-testid="to-pair">
          Pair this device
        </a>
      </section>
    );
  }
  const leave = async () => {
    await forget(await openKeep());
    onForget();
  };
  return (
    <section class="card" data-testid="device">
      <h2>
        {device.name} <span class="code">{device.id}</span>
      </h2>
      <div class="row">
        <a class="button primary" href={screenOf(device.kind)} data-testid="to-work">
          Go to work
        </a>
        <a class="button" href="/handheld">
          Handheld
        </a>
        <a class="button" href="/bench">
          Bench
        </a>
        <a class="button" href="/dock">
          Dock
        </a>
      </div>
      <details>
        <summary>Unpair this device</summary>
        <p>Scans that wait here and were not sent are lost.</p>
        <button type="button" class="danger" onClick={() => void leave()}>
          Unpair
        </button>
      </details>
    </section>
  );
}

function PersonCard({ who, onOut }: { who: Who | null; onOut: () => void }) {
  if (!who?.worker) {
    return (
      <section class="card">
        <h2>Lead the floor</h2>
        <p>Orders, stock, waves and everybody at work, live.</p>
        <a class="button primary" href="/signin" data-testid="to-signin">
          Sign in
        </a>
      </section>
    );
  }
  const out = async () => {
    await remove("/sessions");
    onOut();
  };
  return (
    <section class="card" data-testid="person">
      <h2>{who.worker.name}</h2>
      <div class="row">
        <a class="button primary" href="/floor" data-testid="to-floor">
          The floor
        </a>
        <button type="button" onClick={() => void out()}>
          Sign out
        </button>
      </div>
    </section>
  );
}

function DemoCard() {
  const [said, setSaid] = useState("");
  const reset = async () => {
    setSaid("Resetting…");
    try {
      await post("/demo/reset", {});
      setSaid("The demo is as new.");
      go("/", true);
    } catch (e) {
      setSaid((e as Error).message);
    }
  };
  return (
    <section class="card">
      <h2>Demo warehouse</h2>
      <p>Print the sheet and scan its barcodes with a scanner; every screen follows.</p>
      <div class="row">
        <a class="button" href="/api/v1/demo/sheet.pdf" target="_blank" rel="noreferrer">
          Sheet of barcodes
        </a>
        <button type="button" class="danger" onClick={() => void reset()}>
          Reset the demo
        </button>
      </div>
      <p role="status">{said}</p>
    </section>
  );
}
