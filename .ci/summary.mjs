// Adds up the test runner's own reports. Something else that failed counts as one failure more.
import { readFileSync } from "node:fs";

const [status, ...files] = process.argv.slice(2);
const reports = files.map((file) => JSON.parse(readFileSync(file, "utf8")));
const sum = (field) => reports.reduce((total, report) => total + report[field], 0);
const [passed, failed] = [sum("numPassedTests"), sum("numFailedTests")];
const unexplained = Number(status) !== 0 && failed === 0 ? 1 : 0;
console.log(`${passed} passed, ${failed + unexplained} failed`);
