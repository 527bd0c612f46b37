// A server that ends before it was asked anything, and says everything that it should not.
const { SAY = "", CODE = "3" } = process.env;
process.stderr.write(SAY, () => process.exit(Number(CODE)));
