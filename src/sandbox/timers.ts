/** Every pending timer of a sandbox, so that closing it leaves none behind. */
export class Timers {
  private readonly pending = new Set<NodeJS.Timeout>();

  /** Runs the function later; the result calls it off. */
  after(delayMs: number, run: () => void): () => void {
    const timer = setTimeout(() => {
      this.pending.delete(timer);
      run();
    }, delayMs);
    this.pending.add(timer);
    return () => {
      clearTimeout(timer);
      this.pending.delete(timer);
    };
  }

  clear(): void {
    for (const timer of this.pending) clearTimeout(timer);
    this.pending.clear();
  }
}
