// PatchCore on another day: as it was fitted, and fitted anew on images of that day.
import { evaluate } from 'flawmap';
import { category, fitted, paintedData, row, shiftedData } from './workspace.mjs';

const scenarios = {
  clean: { model: await fitted('patchcore'), data: await paintedData() },
  'shifted, no adaptation': { model: await fitted('patchcore'), data: await shiftedData() },
  'shifted, fitted anew': {
    model: await fitted('patchcore', 'shifted'),
    data: await shiftedData(),
  },
};
console.log(row('PatchCore', 'AUROC', 'F1', 'specificity'));
for (const [name, scenario] of Object.entries(scenarios)) {
  const { image } = await evaluate({ ...scenario, category });
  console.log(row(name, image.auroc, image.f1, image.specificity));
}
