// Prints to standard output by every way that a dependency has, once the program has begun, and goes on to do so.
const say = (text) => {
  console.log(`noise: console.log ${text}`);
  console.info("noise: %s", `console.info ${text}`);
  console.dir({ noise: text });
  console.table([{ noise: text }]);
  process.stdout.write(`noise: stdout.write ${text}\n`);
  process.stdout.write(Buffer.from(`{"noise": "in JSON, ${text}"}`));
  process.stdout.write("noise: without an end");
};
/** Before the program reads its input it has no standard output to keep clean. */
const wait = setInterval(() => {
  if (process.stdin.listenerCount("data") === 0) return;
  clearInterval(wait);
  say("at the start");
  process.nextTick(() => say("in a tick"));
  queueMicrotask(() => say("in a microtask"));
  void new Promise((resolve) => setTimeout(resolve, 20)).then(() => say("from a promise"));
  setInterval(() => say("again and again"), 100).unref();
  process.emitWarning("noise: a warning");
  Promise.reject(new Error("noise: nobody catches it")).catch((error) => console.log(error));
}, 1);
