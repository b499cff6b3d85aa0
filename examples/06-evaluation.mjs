// What are the two methods worth on test images? For images, for pixels, for each type of defect.
import { evaluate } from 'flawmap';
import { category, fitted, paintedData, row } from './workspace.mjs';

const data = await paintedData();
const methods = ['patchcore', 'padim'];
const evaluations = [];
for (const method of methods) {
  evaluations.push(await evaluate({ model: await fitted(method), data, category }));
}

console.log(row('', ...methods));
const tell = (name, value) => console.log(row(name, ...evaluations.map(value)));
tell('image AUROC', ({ image }) => image.auroc);
tell('F1 at the stored threshold', ({ image }) => image.f1);
tell('pixel AUROC', ({ pixel }) => pixel.auroc);
tell('PRO', ({ pixel }) => pixel.pro);
tell('milliseconds an image', ({ timing }) => timing.total.p50);
for (const { defectType } of evaluations[0].perDefect) {
  const recallOf = ({ perDefect }) =>
    perDefect.find((defect) => defect.defectType === defectType).recall;
  tell(`recall of ${defectType}`, recallOf);
}
