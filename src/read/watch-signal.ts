/** Wakes whoever waits for something to happen. */
export interface Waiting {
  wait(): Promise<void>;
  notify(): void;
}

export function createSignal(): Waiting {
  let { promise, resolve } = newPromise();
  return {
    wait: () => promise,
    notify() {
      resolve();
      ({ promise, resolve } = newPromise());
    },
  };
}

function newPromise(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
