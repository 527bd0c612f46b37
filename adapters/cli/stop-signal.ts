/** Aborts on the first Ctrl-C or SIGTERM; a second one ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      process.once(name, () => process.exit(130));
      controller.abort(new DOMException("Stopped.", "AbortError"));
    });
  }
  return controller.signal;
}
