import { signal } from "@preact/signals";
import { Problem, put, post, remove } from "../api";
import type { Device } from "../wire";
import type { Keep, Me } from "./keep";
import type { Contradiction, Profile } from "./profile";

// A device's own scanner: how it types, kept here so that it is right out of reach too, and on the floor, so that a
// lead sees it and new hardware has it at once. The floor's word counts, but for what it was not told yet.

interface Kept {
  profile: Profile | null;
  calibrated: string;
  unsent: boolean;
  drift: Contradiction | "";
  untold: boolean; // the drift, or its end
}

const WITHIN_MS = 10_000;

export class OwnScanner {
  readonly profile = signal<Profile | null>(null);
  readonly calibrated = signal(""); // when
  readonly unsent = signal(false);
  readonly drift = signal<Contradiction | "">("");
  readonly garbled = signal<{ code: string; turned: boolean } | null>(null); // the last scan, of another keyboard
  readonly fault = signal(""); // why the floor does not take the profile
  private untold = false;
  private telling: Promise<void> = Promise.resolve();

  private constructor(
    private readonly keep: Keep,
    private readonly me: Me,
  ) {}

  static async open(keep: Keep, me: Me): Promise<OwnScanner> {
    const own = new OwnScanner(keep, me);
    const kept = (await keep.get("self", "scanner")) as Kept | undefined;
    if (kept) own.stand(kept);
    return own;
  }

  // set keeps a new profile, or forgets the old with null. It resolves when the floor has it or cannot be reached.
  async set(profile: Profile | null): Promise<void> {
    this.stand({ profile, calibrated: profile ? new Date().toISOString() : "", unsent: true, drift: "", untold: false });
    this.garbled.value = null;
    await this.save();
    await this.tell();
  }

  // hear takes what the floor says of this device, or tells the floor what it does not know yet.
  async hear(d: Device | null): Promise<void> {
    if (!d || d.id !== this.me.id) return;
    if (this.unsent.value || this.untold) return this.tell();
    this.take(d);
    await this.save();
  }

  scanned(): void {
    this.garbled.value = null;
  }

  garble(code: string, turned: boolean): void {
    this.garbled.value = { code, turned };
  }

  // drifted notes that scans contradict the profile, or with no word that they agree again.
  async drifted(c: Contradiction | ""): Promise<void> {
    if (c === this.drift.value) return;
    this.drift.value = c;
    this.untold = true;
    await this.save();
    await this.tell();
  }

  // tell sends one thing after the other; what the link loses is told with the next welcome.
  private tell(): Promise<void> {
    this.telling = this.telling.then(() => this.told()).catch((e: unknown) => this.untaken(e));
    return this.telling;
  }

  private async told(): Promise<void> {
    const o = { token: this.me.token, signal: AbortSignal.timeout(WITHIN_MS) };
    const path = `/devices/${encodeURIComponent(this.me.id)}/scanner`;
    const profile = this.profile.value;
    if (this.unsent.value) {
      const now = profile ? await put<Device>(path, profile, o) : await remove<undefined>(path, o);
      if (this.profile.value !== profile) return; // calibrated anew meanwhile, which is told next
      this.unsent.value = false;
      this.fault.value = "";
      if (now) this.calibrated.value = now.calibrated ?? this.calibrated.value;
    }
    if (this.untold) {
      const drift = this.drift.value;
      if (profile) await post<Device>(`${path}/drift`, { drift }, o);
      this.untold = drift !== this.drift.value;
    }
    await this.save();
  }

  // untaken is what the floor refuses: sent again it would be refused again.
  private async untaken(e: unknown): Promise<void> {
    const final = e instanceof Problem && e.status >= 400 && e.status < 500 && ![401, 403, 408, 429].includes(e.status);
    if (!final) return;
    if (this.unsent.value) this.fault.value = (e as Problem).message;
    this.unsent.value = this.untold = false;
    await this.save();
  }

  private take(d: Device): void {
    const { drift = "", ...rest } = d.scanner ?? {};
    this.stand({
      profile: d.scanner ? (rest as Profile) : null,
      calibrated: d.calibrated ?? "",
      unsent: false,
      drift: drift as Contradiction | "",
      untold: false,
    });
  }

  private stand(k: Kept): void {
    this.profile.value = k.profile;
    this.calibrated.value = k.calibrated;
    this.unsent.value = k.unsent;
    this.drift.value = k.drift;
    this.untold = k.untold;
  }

  private async save(): Promise<void> {
    const kept: Kept = {
      profile: this.profile.value,
      calibrated: this.calibrated.value,
      unsent: this.unsent.value,
      drift: this.drift.value,
      untold: this.untold,
    };
    // Where this device's disk takes nothing the profile holds until the page is closed, and the floor has it.
    await this.keep.put("self", kept, "scanner").catch((e: unknown) => console.warn(e));
  }
}
