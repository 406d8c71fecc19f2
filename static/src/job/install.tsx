import { signal } from "@preact/signals";
import { say } from "../words";
import { askToKeep, keeping, little } from "./storage";

// Floorline on the device's home screen: it starts without an address bar and without a network, and the browser
// keeps what waits in it. Chromium offers it by an event; on iOS a person must do it by hand.

interface Offer extends Event {
  prompt(): Promise<unknown>;
}

const offered = signal<Offer | null>(null);

addEventListener("beforeinstallprompt", (e) => {
  e.preventDefault();
  offered.value = e as Offer;
});
addEventListener("appinstalled", () => {
  offered.value = null;
  void askToKeep(); // an installed page is promised more
});

const installed = (): boolean => matchMedia("(display-mode: standalone)").matches || (navigator as { standalone?: boolean }).standalone === true;

// An iPad says it is a Mac, but no Mac has a touch screen.
const iOS = (): boolean => /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.userAgent.includes("Macintosh") && navigator.maxTouchPoints > 1);

export function Install() {
  const offer = offered.value;
  const install = async () => {
    offered.value = null;
    await offer?.prompt();
  };
  return (
    <section class="keeping" data-testid="keeping" data-keeping={keeping.value}>
      <p>{say(`storage.${keeping.value}`)}</p>
      {little.value && <p class="remark">{say("storage.little")}</p>}
      {offer && (
        <button type="button" data-testid="install" onClick={() => void install()}>
          {say("install.do")}
        </button>
      )}
      <HomeScreen />
    </section>
  );
}

// HomeScreen says how on iOS, where no page can do it by itself.
export function HomeScreen() {
  if (!iOS() || installed()) return null;
  return (
    <p class="remark" data-testid="home-screen">
      {say("install.ios")}
    </p>
  );
}

// NoStorage is said in place of work: nothing that is scanned would be safe here.
export function NoStorage() {
  return (
    <main class="door" data-testid="no-storage">
      <h1>{say("storage.none")}</h1>
      <p>{say("storage.none_why")}</p>
      <button type="button" class="primary" onClick={() => location.reload()}>
        {say("storage.again")}
      </button>
    </main>
  );
}

// Trouble stands over the work while this device's disk refuses what is scanned.
export function Trouble({ failing }: { failing: boolean }) {
  if (!failing) return null;
  return (
    <p class="remark trouble" role="alert" data-testid="trouble">
      {say("storage.failing")}
    </p>
  );
}

// Lost is said where this browser was a device and remembers nothing but that it was.
export function Lost({ name, waiting }: { name: string; waiting: number }) {
  return (
    <p class="remark" role="alert" data-testid="lost">
      {say(waiting > 0 ? "storage.lost_waiting" : "storage.lost", { device: name, count: waiting })}
    </p>
  );
}
