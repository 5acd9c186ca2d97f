// Stands for a module that a bundled library loads and that is never called; the build puts it in its place.
function leftOut() {
  throw new Error('left out of the bundle');
}

module.exports = leftOut;
