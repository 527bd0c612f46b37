// A program that greets on standard output and speaks no protocol.
process.stdout.write(`Welcome! ${process.env.SAY ?? ""}\n{"level": "info"}\n`);
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
