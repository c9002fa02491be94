#!/usr/bin/env node
// npm links this file; tsx lets Node.js read the TypeScript behind it.
require('tsx/cjs');
require('../cli/main.ts');
