import { ulid } from "../ulid";
import type { Command, Keep } from "./keep";

export type Draft = Omit<Command, "id" | "n" | "at">;

// Outbox holds the commands that the floor has not answered yet, in the order they were made. A command is
// on disk before anybody is told, and leaves only with its verdict.
export class Outbox {
  private constructor(
    private readonly keep: Keep,
    private last: number,
    private commands: Command[],
  ) {}

  static async open(keep: Keep): Promise<Outbox> {
    const commands = await keep.getAll("outbox");
    const saved = ((await keep.get("self", "n")) as number | undefined) ?? 0;
    return new Outbox(keep, Math.max(saved, commands.at(-1)?.n ?? 0), commands);
  }

  get waiting(): readonly Command[] {
    return this.commands;
  }

  // counted is told the last counter the floor has taken, so that ours goes on from the higher of the two.
  counted(n: number): void {
    this.last = Math.max(this.last, n);
  }

  // add gives a command its id and counter and saves it. It resolves when the command is on disk.
  async add(draft: Draft): Promise<Command> {
    const command: Command = { ...draft, id: ulid(), n: ++this.last, at: new Date().toISOString() };
    const tx = this.keep.transaction(["outbox", "self"], "readwrite", { durability: "strict" });
    await tx.objectStore("outbox").put(command);
    await tx.objectStore("self").put(command.n, "n");
    await tx.done;
    this.commands = [...this.commands, command];
    return command;
  }

  // unsaved gives a command its id and counter without storing it: sign-in frames hold a badge or a PIN,
  // and those never touch the disk of a device.
  async unsaved(draft: Draft): Promise<Command> {
    const command: Command = { ...draft, id: ulid(), n: ++this.last, at: new Date().toISOString() };
    await this.keep.put("self", command.n, "n");
    return command;
  }

  // settle removes a command that has its verdict. It says whether it was waiting here.
  async settle(id: string): Promise<boolean> {
    const found = this.commands.find((c) => c.id === id);
    if (!found) return false;
    this.commands = this.commands.filter((c) => c !== found);
    await this.keep.delete("outbox", found.n);
    return true;
  }

  // resendFrom gives what to send when the floor says which counter it waits for. Where that counter is not
  // here (it was a sign-in frame, which is never kept), the waiting commands take the counters from there
  // on: none of them has been decided, and a command is known by its id.
  async resendFrom(n: number): Promise<readonly Command[]> {
    const first = this.commands[0];
    if (!first) {
      this.last = n - 1;
      await this.keep.put("self", this.last, "n");
      return [];
    }
    if (first.n > n) await this.renumber(n);
    return this.commands.filter((c) => c.n >= n);
  }

  private async renumber(from: number): Promise<void> {
    this.commands = this.commands.map((c, i) => ({ ...c, n: from + i }));
    this.last = this.commands.at(-1)!.n;
    const tx = this.keep.transaction(["outbox", "self"], "readwrite", { durability: "strict" });
    await tx.objectStore("outbox").clear();
    for (const c of this.commands) await tx.objectStore("outbox").put(c);
    await tx.objectStore("self").put(this.last, "n");
    await tx.done;
  }
}
