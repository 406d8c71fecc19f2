import { computed, signal } from "@preact/signals";
import { readNext, type Device, type Next, type Verdict, type Worker } from "../wire";
import { own } from "../words";
import { Heard } from "./heard";
import { lastPlace, type Command, type Origin } from "./keep";
import { Outbox, type Draft } from "./outbox";
import { OwnScanner } from "./scanner";
import { asSecret, isSignIn } from "./secret";
import { Socket, type Frame, type Link } from "./socket";
import { NOT_HERE, stateOf, type Setup, type State } from "./state";
import { needsFloor } from "./terminal";
import { isBad, Told, type Shown } from "./told";
import { Turns } from "./turns";
import { answered, walkAhead } from "./walk";

// Session is one device at work: it saves what is scanned, sends it in order, and draws what the floor says
// comes next. It decides nothing. The one thing it does alone is to walk along the steps the floor has
// handed out in advance, when the link is down and the scan is exactly the one that was wanted.

const ANSWER_WITHIN_MS = 6_000;
const AGAIN_MS = 3_000;

export class Session {
  readonly next = signal<Next>(readNext(null));
  readonly state = signal<State>("connecting");
  readonly amber = signal(0); // scanned and without a verdict
  readonly kept = signal(0); // those of them that are on this device's disk
  readonly failing = signal(false); // this device's disk does not take what is scanned
  readonly busy = signal(false);
  readonly worker = signal<Worker | null>(null);
  readonly told: Told;
  readonly device = signal<Device | null>(null);
  readonly known = signal(false); // a next has come, from the floor or from the last place
  onScale: ((f: Frame) => void) | null = null; // hears what a scale on the network says
  readonly live = computed(() => this.state.value === "live");

  private readonly only: BroadcastChannel; // where the pages of one device hear of one another
  readonly socket: Socket;
  private readonly turns: Turns;
  private hearing: Promise<void> = Promise.resolve();
  private losses = 0; // how often the link was lost: what a link said last may be heard when it is gone
  private signing: string | null = null;
  private signed: () => void = () => {};
  private readonly heard = new Heard();
  private drainWaits: ((ok: boolean) => void)[] = [];
  private watch: ReturnType<typeof setInterval> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;

  private constructor(
    private readonly s: Setup,
    private readonly outbox: Outbox,
    readonly scanner: OwnScanner,
  ) {
    this.told = new Told(
      (c) => s.sounds.verdict(c),
      (missed) => outbox.note("missed", missed).catch((e: unknown) => console.error(e)),
    );
    this.turns = new Turns(
      (draft) => this.take(draft),
      () => this.count(),
    );
    this.only = new BroadcastChannel(s.keep.name);
    this.socket = new Socket({
      url: s.url,
      hello: () => this.hello(),
      onFrame: (f) => this.frame(f),
      onLink: (l) => this.link(l),
      open: s.open,
    });
  }

  static async open(s: Setup): Promise<Session> {
    const session = new Session(s, await Outbox.open(s.keep, s.me), await OwnScanner.open(s.keep, s.me));
    const place = await lastPlace(s.keep);
    if (place) session.resumeAt(place);
    session.told.missed.value = ((await s.keep.get("self", "missed")) as Shown[] | undefined) ?? [];
    session.count();
    return session;
  }

  get verdict(): Told["verdict"] {
    return this.told.verdict;
  }

  get missed(): Told["missed"] {
    return this.told.missed;
  }

  get notices(): Told["notices"] {
    return this.told.notices;
  }

  // token opens what the floor has for this device alone, such as the label of the parcel in hand.
  get token(): string {
    return this.s.me.token;
  }

  start(): void {
    this.only.onmessage = () => this.outdone();
    this.only.postMessage("here");
    this.socket.start();
    this.watch = setInterval(() => this.look(), 2_000);
    addEventListener("online", this.hurry);
    document.addEventListener("visibilitychange", this.hurry);
  }

  stop(): void {
    this.only.close();
    clearInterval(this.watch);
    removeEventListener("online", this.hurry);
    document.removeEventListener("visibilitychange", this.hurry);
    this.socket.stop();
  }

  readonly hurry = (): void => {
    if (document.visibilityState !== "visible") return;
    this.socket.probe();
    this.socket.hurry();
  };

  // here takes the device's one connection back to this page, after another page had taken it.
  async here(): Promise<void> {
    this.only.postMessage("here");
    await this.outbox.reread();
    this.count();
    this.socket.start();
  }

  // outdone is what another page of this device does to this one, also where no floor is in reach to say so.
  private outdone(): void {
    this.socket.stop();
    this.link("elsewhere");
  }

  scan(code: string, origin: Origin): void {
    this.turns.line({ type: "scan", code, origin });
  }

  act(action: string, args: Record<string, unknown> = {}): void {
    this.turns.line({ type: "do", action, args });
  }

  answer(value: string): void {
    const ask = this.next.value.ask;
    if (ask) this.act("answer", { ask: ask.id, value });
  }

  // override asks a lead to allow what was refused just now.
  override(): void {
    this.act("override");
  }

  dismiss(): void {
    this.verdict.value = null;
  }

  putAway(): void {
    this.notices.value = [];
  }

  // missedSeen puts away what was refused of the time out of reach: somebody has read it.
  missedSeen(): void {
    this.told.setMissed([]);
  }

  undecided(code: string): boolean {
    return [...this.turns.unsaved, ...this.outbox.waiting].some((c) => c.code === code);
  }

  // settled resolves when everything that was scanned so far has been saved and, with a link, sent.
  settled(): Promise<void> {
    return this.turns.settled();
  }

  // count keeps amber at everything that was scanned and has no verdict: on its way to the disk, or saved.
  private count(): void {
    this.kept.value = this.outbox.kept;
    this.amber.value = this.turns.unsaved.size + this.outbox.waiting.length;
  }

  private async take(scanned: Draft): Promise<void> {
    const draft = asSecret(this.next.value, scanned);
    if (NOT_HERE.has(this.state.value)) return this.told.refuse("not_here", this.s.words.notHere, draft.code ?? draft.action);
    if (isSignIn(this.next.value, draft)) return this.signIn(draft);
    if (needsFloor(draft) && !(await this.linkFirst())) return;
    const command = await this.save(draft);
    if (!command) return;
    this.told.clear();
    if (this.linked) this.send(command);
    else {
      if (!this.failing.value) this.goAhead(command); // else it is in memory alone, and nothing says that it is saved
      this.socket.hurry(); // somebody is working here: look for the floor now
    }
  }

  private get linked(): boolean {
    return this.state.value === "live" || this.state.value === "catching";
  }

  // save puts a command on disk and ticks. With a link it goes on even where the disk refuses: the floor's verdict
  // is what makes it good. Without one it is not taken, and that is said as loud as a stop.
  private async save(draft: Draft): Promise<Command | null> {
    const linked = this.linked;
    try {
      const { command, kept } = await this.outbox.add(draft, { late: !linked, evenUnkept: linked });
      this.failing.value = !kept;
      if (kept) this.s.sounds.stored();
      return command;
    } catch (e) {
      console.warn(e);
      this.failing.value = true;
      this.told.refuse("not_saved", this.s.words.notSaved, draft.code ?? draft.action);
      return null;
    }
  }

  private async signIn(draft: Draft): Promise<void> {
    if (!(await this.linkFirst())) return;
    const command = await this.outbox.unsaved(draft);
    this.signing = command.id;
    this.busy.value = true;
    this.send(command);
    // What is scanned behind a badge belongs to whoever that badge signs in: it waits for the answer.
    await new Promise<void>((done) => (this.signed = done));
  }

  private signInOver(): void {
    this.signing = null;
    this.busy.value = false;
    this.signed();
  }

  private send(command: Command): void {
    // Only the first that waits is given its time anew: who scans on and on must not keep a dead link from being found.
    if (this.outbox.waiting.length <= 1) this.heard.now();
    this.socket.send(command);
  }

  // drained waits until nothing is amber; it says false at once where there is no link to wait for.
  private drained(): Promise<boolean> {
    if (!this.linked) return Promise.resolve(false);
    if (this.outbox.waiting.length === 0) return Promise.resolve(true);
    return new Promise((done) => this.drainWaits.push(done));
  }

  // linkFirst waits until nothing is amber, or says that this needs the link.
  private async linkFirst(): Promise<boolean> {
    this.told.clear();
    const drained = await this.drained();
    if (!drained) this.told.tell("needs_link", this.s.words.needsLink);
    return drained;
  }

  // goAhead goes on without the floor where that is safe: a wanted code leads to the next step, and an answer puts
  // its question away.
  private goAhead(command: Command): void {
    const n = this.next.value;
    const to = command.type === "scan" ? walkAhead(n, command.code ?? "") : answered(n, command.action, command.args?.ask);
    if (!to) return this.told.tell("undecided", this.s.words.undecided, command);
    this.next.value = to;
    this.told.tell("saved", this.s.words.saved, command);
    this.remember();
  }

  private hello(): Record<string, unknown> {
    return { token: this.s.me.token, topics: ["job"], language: own.peek(), clock: new Date().toISOString(), ...this.heard.resume() };
  }

  private link(l: Link): void {
    if (l === "up") return; // the welcome says more
    this.state.value = stateOf(l, this.state.value);
    this.losses++;
    void this.outbox.linkLost();
    for (const done of this.drainWaits.splice(0)) done(false);
    if (this.signing) {
      this.signInOver();
      this.told.tell("sign_in_lost", this.s.words.signInLost);
    }
  }

  // Frames are heard one after another: each may write to the outbox before the next may read it.
  private frame(f: Frame): void {
    this.heard.now();
    const losses = this.losses;
    this.hearing = this.hearing.then(() => this.hear(f, losses)).catch((e: unknown) => console.error(e));
  }

  private async hear(f: Frame, losses: number): Promise<void> {
    this.heard.reached(f);
    if (f.type === "welcome") return this.welcome(f, losses);
    if (f.type === "verdict") return this.judged(f);
    if (f.type === "scale") return this.onScale?.(f);
    if (f.type === "device") {
      this.device.value = f.device as Device;
      return this.scanner.hear(this.device.value);
    }
    if (f.type === "resend") return this.resend(Number(f.from));
    if (f.type === "error") await this.notUnderstood(f);
    // Told by itself, because something changed from outside. With an answer under way that one says it.
    if (f.next && this.outbox.waiting.length === 0) this.draw(f.next);
  }

  private async welcome(f: Frame, losses: number): Promise<void> {
    await this.outbox.meet(Number(f.n ?? 0));
    await this.outbox.adopt();
    this.count();
    this.device.value = (f.device as Device | undefined) ?? null;
    void this.scanner.hear(this.device.value);
    this.worker.value = (f.worker as Worker | null | undefined) ?? null;
    const waiting = this.outbox.waiting;
    if (losses === this.losses) this.state.value = waiting.length ? "catching" : "live";
    if (waiting.length === 0 || !this.known.value) this.draw(f.next);
    for (const c of waiting) this.send(c);
  }

  // waits keeps a scan that the floor could not take just now (its disk is full, or it is busy): said on the
  // screen, still amber, and sent again in a while.
  private waits(v: Verdict): void {
    this.told.show(v);
    if (v.id === this.signing) return this.signInOver();
    clearTimeout(this.again);
    this.again = setTimeout(() => {
      this.again = undefined;
      for (const c of this.outbox.waiting) this.send(c);
    }, AGAIN_MS);
  }

  private async judged(f: Frame): Promise<void> {
    const v = f as unknown as Verdict;
    if (f.undecided === true) return this.waits(v);
    const mine = await this.outbox.settle(v.id);
    // Its number went to something else: it was not booked and never will be.
    if (mine && v.code === "conflict") this.send(await this.outbox.lost(1));
    this.count();
    const left = this.outbox.waiting.length;
    const signIn = v.id === this.signing;
    if (!mine && !signIn) {
      // A stop may come without a scan: the floor has lost what this device remembers.
      if (v.class === "stop") this.told.show(v);
      return;
    }
    if ("worker" in f) this.worker.value = (f.worker as Worker | null) ?? null;
    const catching = this.state.value === "catching";
    if (catching) this.told.miss(v);
    if (left === 0 && catching) this.state.value = "live";
    // While catching up the screen is ahead of these answers; only the last one says where we are.
    if (!catching || left === 0) this.draw(f.next);
    if (!catching || isBad(v.class)) this.told.show(v);
    if (left === 0) for (const done of this.drainWaits.splice(0)) done(true);
    if (signIn) this.signInOver();
  }

  // notUnderstood is what the floor says of a frame that it cannot read, as older software may not. Sent again it
  // would be no better, and all behind it would wait for ever: it goes, and its number tells that it is missing.
  private async notUnderstood(f: Frame): Promise<void> {
    this.told.show({ id: String(f.id ?? ""), code: String(f.code), class: "refused", say: String(f.say) });
    if (f.id === this.signing) return this.signInOver();
    const odd = this.outbox.waiting.find((c) => c.id === f.id);
    if (!odd) return;
    await this.outbox.settle(odd.id);
    return this.resend(odd.n);
  }

  private async resend(from: number): Promise<void> {
    if (this.again) return; // what the floor could not take just now goes again by itself, and what follows it
    await this.outbox.meet(from - 1);
    this.count();
    for (const c of this.outbox.waiting) if (c.n >= from) this.send(c);
  }

  private draw(next: unknown): void {
    if (!next) return;
    this.next.value = readNext(next);
    this.known.value = true;
    this.told.hear(this.next.value);
    this.remember();
  }

  private remember(): void {
    const place = { ...this.heard.place(), next: this.next.value, worker: this.worker.value };
    this.outbox.note("place", place).catch((e: unknown) => console.error(e));
  }

  private resumeAt(place: { epoch: number; seq: number; next: Next; worker: Worker | null }): void {
    this.heard.resumeAt(place);
    this.next.value = readNext(place.next);
    this.worker.value = place.worker;
    this.known.value = true;
  }

  // look finds a link that is dead without having said so: a command that nobody answers.
  private look(): void {
    const waiting = this.outbox.waiting.length > 0 || this.signing !== null;
    if (this.linked && waiting && this.heard.silentMS() > ANSWER_WITHIN_MS) this.socket.suspect();
  }
}
