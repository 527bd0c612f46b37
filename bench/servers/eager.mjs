// The same, as a server does that imports GramJS at its start.
import "telegram";
import "./empty.mjs";
