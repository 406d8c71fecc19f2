import type { Next } from "../../src/wire";

export const states: Record<string, [station: string, next: Next]>;
