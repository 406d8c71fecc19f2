import { ulid } from "../ulid";
import { openNamed, orphansOf, type Command, type Count, type Keep, type Me, type Orphans, type Place } from "./keep";
import { readMark, writeMark } from "./mark";

export type Draft = Omit<Command, "id" | "n" | "at" | "late">;

// Outbox holds the commands that the floor has not answered yet, in the order they were made. A command is
// on disk before anybody is told, and leaves only with its verdict.
//
// Every command has a counter, without a hole but for sign-in frames, which are never kept and whose counters
// are noted as spent. So what the floor has taken, what waits here and what was made must add up; where they do
// not, commands are lost, and that is told to the floor in their place.
export class Outbox {
  private turn: Promise<unknown> = Promise.resolve();
  private unkept = new Set<string>(); // waiting in memory alone: this device's disk would not take them

  private constructor(
    private keep: Keep,
    private readonly me: Me,
    private count: Count,
    private commands: Command[],
  ) {}

  static async open(keep: Keep, me: Me): Promise<Outbox> {
    const outbox = new Outbox(keep, me, { last: 0, spent: [], age: 0 }, []);
    await outbox.read();
    return outbox;
  }

  // reread takes up what another page of this device has left, where that one was at work meanwhile.
  reread(): Promise<void> {
    return this.alone(() => this.read());
  }

  // read is what lies on the disk, and behind it what only this page's memory holds.
  private async read(): Promise<void> {
    const { keep, me } = this;
    const commands = await keep.getAll("outbox");
    const old = (await keep.get("self", "n")) as number | undefined;
    const kept = (await keep.get("self", "count")) as Count | undefined;
    let count = kept ?? { last: old ?? 0, spent: [], age: 0 };
    const mark = readMark(me.kind);
    const younger = mark?.device === me.id && (mark.age > count.age || (mark.age === count.age && mark.last > count.last));
    if (younger) count = { last: mark.last, spent: mark.spent, age: mark.age };
    const last = Math.max(count.last, commands.at(-1)?.n ?? 0);
    const own = this.commands.filter((c) => this.unkept.has(c.id)).map((c, i) => ({ ...c, n: last + 1 + i }));
    this.count = { ...count, last: last + own.length };
    this.commands = [...commands, ...own].map((c) => ({ ...c, late: true })); // another page has made them, or this one long ago
  }

  // alone lets one change after the other: each reads what the one before has left.
  private alone<T>(change: () => Promise<T>): Promise<T> {
    const done = this.turn.then(change);
    this.turn = done.catch(() => {});
    return done;
  }

  get waiting(): readonly Command[] {
    return this.commands;
  }

  // kept is how many of them are on this device's disk.
  get kept(): number {
    return this.commands.length - this.unkept.size;
  }

  // add gives a command its id and counter and saves it. It resolves when the command is on disk. Where the disk
  // refuses and the caller can send at once, it waits in memory, and `kept` says so.
  add(draft: Draft, how: { late: boolean; evenUnkept: boolean }): Promise<{ command: Command; kept: boolean }> {
    return this.alone(() => this.added(draft, how));
  }

  private async added(draft: Draft, how: { late: boolean; evenUnkept: boolean }, again = true): Promise<{ command: Command; kept: boolean }> {
    const command: Command = { ...draft, id: ulid(), n: this.count.last + 1, at: new Date().toISOString(), late: how.late };
    const count = { ...this.count, last: command.n };
    let kept = true;
    try {
      await this.write(count, [...this.commands, command], [command]);
    } catch (e) {
      if (again && isTaken(e)) {
        await this.read(); // another page of this device had the number
        return this.added(draft, how, false);
      }
      if (!how.evenUnkept) throw e;
      kept = false;
      this.unkept.add(command.id);
    }
    this.stand(count, [...this.commands, command]);
    return { command, kept };
  }

  // unsaved gives a command its id and counter without storing it: sign-in frames hold a badge or a PIN,
  // and those never touch the disk of a device.
  unsaved(draft: Draft): Promise<Command> {
    return this.alone(async () => {
      const command: Command = { ...draft, id: ulid(), n: this.count.last + 1, at: new Date().toISOString() };
      const count = { ...this.count, last: command.n, spent: [...this.count.spent, command.n] };
      await this.write(count, this.commands, []).catch(() => {}); // the second mark and the memory know it
      this.stand(count, this.commands);
      return command;
    });
  }

  // settle removes a command that has its verdict. It says whether it was waiting here.
  settle(id: string): Promise<boolean> {
    return this.alone(async () => {
      const found = this.commands.find((c) => c.id === id);
      if (!found) return false;
      this.stand(this.count, this.commands.filter((c) => c !== found));
      if (!this.unkept.delete(id)) await this.keep.delete("outbox", found.n).catch(() => {}); // a repeat is answered alike
      return true;
    });
  }

  // linkLost makes everything that waits late: when it is decided, nobody may be looking.
  linkLost(): Promise<void> {
    return this.alone(async () => {
      this.commands = this.commands.map((c) => ({ ...c, late: true }));
    });
  }

  // meet compares with the last counter that the floor has taken. What waits and was not taken gets the counters
  // from there on: none of it has been decided, and a command is known by its id. Where commands are lost, the
  // first of those counters goes to a command that says how many. It gives that number.
  meet(taken: number): Promise<number> {
    return this.alone(() => this.met(taken));
  }

  private async met(taken: number): Promise<number> {
    await this.takeIn();
    const { last, spent, age } = this.count;
    const above = this.commands.filter((c) => c.n > taken);
    const missing = Math.max(0, last - taken - above.length - spent.filter((n) => n > taken).length);
    const whole = above.every((c, i) => c.n === taken + 1 + i);
    if (missing === 0 && whole) {
      const now = Math.max(taken, above.at(-1)?.n ?? 0);
      const setBack = now < last || spent.length > 0; // what the disk says of it is out of date
      this.stand({ age: setBack ? age + 1 : age, last: now, spent: [] }, this.commands);
      return 0;
    }
    const told = missing > 0 ? [this.report(missing)] : [];
    const lower = this.commands.filter((c) => c.n <= taken);
    const all = [...lower, ...[...told, ...above].map((c, i) => ({ ...c, n: taken + 1 + i }))];
    const count = { age: age + 1, last: taken + told.length + above.length, spent: [] };
    await this.rewrite(count, all);
    return missing;
  }

  private report(qty: number, device?: string): Command {
    return { id: ulid(), n: 0, type: "do", action: "missing", args: device ? { qty, id: device } : { qty }, at: new Date().toISOString(), late: true };
  }

  // lost tells the floor of commands that it has refused to number, or that another device left in this browser.
  lost(qty: number): Promise<Command> {
    return this.alone(async () => (await this.tell([this.report(qty)]))[0]!);
  }

  adopt(): Promise<void> {
    return this.alone(async () => {
      const kept = (await this.keep.get("self", "orphans").catch(() => undefined)) as Orphans | Orphans[] | undefined;
      const reports = orphansOf(kept).map((o) => this.report(o.qty, o.device));
      if (reports.length > 0) await this.tell(reports, "orphans");
    });
  }

  private async tell(reports: Command[], done?: string): Promise<Command[]> {
    await this.takeIn();
    const { last } = this.count;
    const told = reports.map((r, i) => ({ ...r, n: last + 1 + i }));
    await this.rewrite({ ...this.count, last: last + told.length }, [...this.commands, ...told], done);
    return told;
  }

  // takeIn finds what another page of this device was still saving when this one began.
  private async takeIn(): Promise<void> {
    const known = new Set(this.commands.map((c) => c.id));
    const others = (await this.keep.getAll("outbox").catch(() => [])).filter((c) => !known.has(c.id));
    if (others.length === 0) return;
    const commands = [...this.commands, ...others.map((c) => ({ ...c, late: true }))].sort((a, b) => a.n - b.n);
    this.stand({ ...this.count, last: Math.max(this.count.last, commands.at(-1)!.n) }, commands);
  }

  // note keeps something beside the commands, such as the last place. It may fail without harm.
  async note(key: "place" | "missed", value: Place | unknown[]): Promise<void> {
    await this.keep.put("self", value, key);
  }

  private stand(count: Count, commands: Command[]): void {
    this.count = count;
    this.commands = commands;
    writeMark(this.me.kind, { device: this.me.id, name: this.me.name, ...count, waiting: commands.length });
  }

  // write saves the count and some commands in one transaction. A database that was cleared or closed under the
  // page is opened anew and given everything that is in memory.
  private async write(count: Count, all: Command[], fresh: Command[]): Promise<void> {
    try {
      const behind = this.unkept.size > 0; // there may be room again, for those too
      await this.put(count, behind ? all : fresh, behind);
    } catch (e) {
      if (isTaken(e)) throw e;
      this.keep = await openNamed(this.keep.name);
      await this.put(count, all, true);
    }
    this.unkept.clear();
  }

  private async rewrite(count: Count, all: Command[], done?: string): Promise<void> {
    try {
      await this.put(count, all, true, done);
      this.unkept.clear();
    } catch {
      for (const c of all) this.unkept.add(c.id);
    }
    this.stand(count, all);
  }

  private async put(count: Count, commands: Command[], anew: boolean, done?: string): Promise<void> {
    const tx = this.keep.transaction(["outbox", "self"], "readwrite", { durability: "strict" });
    const outbox = tx.objectStore("outbox");
    const self = tx.objectStore("self");
    const puts: Promise<unknown>[] = [];
    if (anew) {
      const known = new Set([...this.commands, ...commands].map((c) => c.id)); // what another page has put there stays
      for (const c of await outbox.getAll()) if (known.has(c.id)) puts.push(outbox.delete(c.n));
      puts.push(self.put(this.me, "me"));
    }
    if (done) puts.push(self.delete(done));
    for (const c of commands) puts.push(outbox.add(c));
    puts.push(self.put(count, "count"), tx.done);
    await Promise.all(puts);
  }
}

const isTaken = (e: unknown): boolean => e instanceof DOMException && e.name === "ConstraintError";
