// onnxruntime-web's script for graphics cards, corrected where it gives wrong numbers or fails on
// graphs of flawmap. Version 1.30; another one is to be looked at, which is why each place must be found.
const CORRECTIONS = [
  {
    // A program for ArgMin or a short reduction has the lengths of its axes written into it, but is looked
    // up by their number: the second ArgMin of a page went as far as the first, also in another model.
    what: 'programs of reductions are looked up by lengths too',
    place:
      /((\w+)=\w+\[0\]\.dims,(\w+)=\2\.length,(\w+)=\w+\.normalizeAxes\(\w+,\3\)[^`]{0,200}?shaderCache:)(\w+)(?=,getShaderSource:)/g,
    by: (_, before, dims, _rank, axes, cache) =>
      `${before}{...${cache},hint:[${cache}.hint,...(${axes}.length?${axes}.map(axis=>${dims}[axis]):${dims})].join(":")}`,
  },
  {
    // The search leaves no patch to compare with all rows where a photograph is like the good ones.
    what: 'products of no rows have no rows',
    place: /if\(\w+<=0\|\|\w+<=0\|\|(\w+)<=0\)(?=throw new Error\("invalid shape specified"\))/g,
    by: (_, inner) => `if(${inner}<=0)`,
  },
  {
    // Then nothing is to be written over either. The copy that it would go into has been made before.
    what: 'ScatterND of nothing leaves what there was',
    place:
      /if\((\w+)\.length===0\)(?=return \w+\((\w+)\.name\),\w+;throw new Error\(`Program \$\{\2\.name\} has zero-sized)/g,
    by: (_, outputs, program) => `if(${outputs}.length===0||${program}.name==="ScatterND")`,
  },
];

/** @throws Error where a place is not found exactly once */
export function correctedRuntime(script) {
  return CORRECTIONS.reduce((text, { what, place, by }) => {
    const places = text.match(place)?.length ?? 0;
    if (places !== 1) throw new Error(`onnxruntime-web has ${places} places for: ${what}`);
    return text.replace(place, by);
  }, script);
}
