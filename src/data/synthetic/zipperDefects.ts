/** What goes wrong with a zipper: with its teeth, with its fabric, or with both at once. */
import type { Random } from '../../core/random.ts';
import { frayBorder, tearInterior } from './zipperFabricDefects.ts';
import type { ZipperPlan, ZipperScene } from './zipperScene.ts';
import { breakTeeth, roughen, split, squeeze } from './zipperToothDefects.ts';

export const ZIPPER_DEFECTS = [
  'broken_teeth',
  'combined',
  'fabric_border',
  'fabric_interior',
  'rough',
  'split_teeth',
  'squeezed_teeth',
] as const;
export type ZipperDefect = (typeof ZIPPER_DEFECTS)[number];

/** Damages a zipper at height v. */
type Damage = (scene: ZipperScene, random: Random, v: number) => ZipperPlan;

const TOOTH_DAMAGE = {
  broken_teeth: breakTeeth,
  rough: roughen,
  split_teeth: split,
  squeezed_teeth: squeeze,
};
const FABRIC_DAMAGE = { fabric_border: frayBorder, fabric_interior: tearInterior };

export function planZipperDefect(
  scene: ZipperScene,
  random: Random,
  defect: ZipperDefect,
): ZipperPlan {
  const v = random.uniform(0.15, 0.85);
  if (defect !== 'combined') {
    const damage: Damage = { ...TOOTH_DAMAGE, ...FABRIC_DAMAGE }[defect];
    return damage(scene, random.fork(defect), v);
  }
  const onTeeth = random.pick(Object.values(TOOTH_DAMAGE));
  const onFabric = random.pick(Object.values(FABRIC_DAMAGE));
  const elsewhere = v < 0.5 ? random.uniform(0.5, 0.9) : random.uniform(0.1, 0.5);
  const teeth = onTeeth(scene, random.fork('teeth'), v);
  const both = onFabric(teeth.scene, random.fork('fabric'), elsewhere);
  return { scene: both.scene, finish: [...teeth.finish, ...both.finish] };
}
