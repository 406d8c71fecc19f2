import { useEffect, useState } from "preact/hooks";
import { get, post, remove, type Page } from "../api";
import { forget, openKeep, type Me } from "../job/keep";
import { go } from "../route";
import { turnTheme } from "../theme";
import { ulid } from "../ulid";
import { say } from "../words";
import { Faults } from "./form";
import { paired, screenOf, STATIONS } from "./kinds";
import { Languages } from "./languages";
import { pairHere } from "./pair";

// Where am I, and where can I go from here.

export interface Who {
  worker?: { id: string; name: string; roles?: string[] } | null;
  site?: { name?: string } | null;
  demo?: boolean;
}

export function Start() {
  const [devices, setDevices] = useState<Me[]>([]);
  const [who, setWho] = useState<Who | null>(null);
  const look = () => paired().then((all) => setDevices(all.map((d) => d.self)));
  useEffect(() => {
    void look();
    get<Who>("/me").then(setWho, () => setWho(null));
  }, []);
  const leads = who?.worker?.roles?.some((r) => r === "lead" || r === "admin") ?? false;
  return (
    <main class="door start">
      <h1>
        Floorline <small>{who?.site?.name}</small>
      </h1>
      {devices.map((d) => (
        <DeviceCard key={d.id} device={d} onForget={look} />
      ))}
      <NewDeviceCard devices={devices} leads={leads} />
      <PersonCard who={who} onOut={() => setWho(null)} />
      {who?.demo && <DemoCard />}
      <nav class="door-links" aria-label={say("door.more")}>
        <Languages />
        <a href="/api/docs">API</a>
        <button type="button" class="bare" onClick={turnTheme}>
          {say("door.theme")}
        </button>
      </nav>
    </main>
  );
}

// A lead makes this browser a device with one tap; anybody else brings a code.
function NewDeviceCard({ devices, leads }: { devices: Me[]; leads: boolean }) {
  const [fault, setFault] = useState<Error | null>(null);
  const open = STATIONS.filter((k) => !devices.some((d) => d.kind === k));
  const be = async (kind: string) => {
    try {
      const idle = await idleDevice(kind);
      const name = idle?.name ?? `${kind} ${ulid().slice(-3)}`;
      const { code } = await post<{ code: string }>("/devices/pairings", idle ? { device: idle.id } : { kind, name });
      await pairHere(code, name, kind);
      location.assign(screenOf(kind));
    } catch (e) {
      setFault(e as Error);
    }
  };
  if (!leads && devices.length > 0) return null;
  if (leads && open.length === 0) return null;
  return (
    <section class="card">
      <h2>{say("door.work")}</h2>
      <p>{say("door.work.why")}</p>
      <div class="row">
        {leads &&
          open.map((k) => (
            <button key={k} type="button" data-testid={`be-${k}`} onClick={() => void be(k)}>
              {say(`door.use.${k}`)}
            </button>
          ))}
        <a class="button primary" href="/pair" data-testid="to-pair">
          {say("door.by_code")}
        </a>
      </div>
      {fault && <Faults fault={fault} />}
    </section>
  );
}

// idleDevice is a device of the floor that has no hardware yet, such as the stations of the demo.
async function idleDevice(kind: string): Promise<{ id: string; name: string } | undefined> {
  const { items } = await get<Page<{ id: string; name: string; kind: string; online: boolean; last_seen?: string }>>("/devices?limit=200");
  return (items ?? []).find((d) => d.kind === kind && !d.online && !d.last_seen);
}

function DeviceCard({ device, onForget }: { device: Me; onForget: () => void }) {
  const leave = async () => {
    await forget(await openKeep(device.kind));
    onForget();
  };
  return (
    <section class="card" data-testid={`device-${device.kind}`}>
      <h2>
        {device.name} <span class="code">{device.id}</span>
      </h2>
      <a class="button primary" href={screenOf(device.kind)} data-testid={`to-${device.kind}`}>
        {say("door.go")}
      </a>
      <details>
        <summary>{say("door.unpair.this")}</summary>
        <p>{say("door.unpair.why")}</p>
        <button type="button" class="danger" onClick={() => void leave()}>
          {say("door.unpair")}
        </button>
      </details>
    </section>
  );
}

function PersonCard({ who, onOut }: { who: Who | null; onOut: () => void }) {
  if (!who?.worker) {
    return (
      <section class="card">
        <h2>{say("door.lead")}</h2>
        <p>{say("door.lead.why")}</p>
        <a class="button primary" href="/signin" data-testid="to-signin">
          {say("door.signin")}
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
          {say("door.floor")}
        </a>
        <button type="button" onClick={() => void out()}>
          {say("action.signout")}
        </button>
      </div>
    </section>
  );
}

function DemoCard() {
  const [said, setSaid] = useState("");
  const reset = async () => {
    setSaid(say("door.demo.resetting"));
    try {
      await post("/demo/reset", {});
      setSaid(say("door.demo.done"));
      go("/", true);
    } catch (e) {
      setSaid((e as Error).message);
    }
  };
  return (
    <section class="card">
      <h2>{say("door.demo")}</h2>
      <p>{say("door.demo.why")}</p>
      <div class="row">
        <a class="button" href="/api/v1/demo/sheet.pdf" target="_blank" rel="noreferrer">
          {say("door.demo.sheet")}
        </a>
        <button type="button" class="danger" onClick={() => void reset()}>
          {say("door.demo.reset")}
        </button>
      </div>
      <p role="status">{said}</p>
    </section>
  );
}
