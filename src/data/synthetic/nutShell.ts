/** What a hazelnut's surface looks like under even light: brown skin, and the scar of the base. */
import type { Random } from '../../core/random.ts';
import { type Colour, cover, type Pixel, shade } from './canvas.ts';
import { createGrain, createRingNoise, grainAt, layeredNoiseAt, noiseAt } from './noise.ts';
import type { NutHit } from './nutBody.ts';
import { clamp, smoothstep } from './shape.ts';

const GREY_DOWN: Colour = [158, 134, 114];
const DARK_SEAM: Colour = [58, 34, 24];
const PALE_FLECK: Colour = [206, 146, 104];
const PALE_RIM: Colour = [170, 118, 82];

/** Draws one nut's surface; the result colours the pixel that sees a place of it. */
export function createNutShell(random: Random): (hit: NutHit, pixel: Pixel) => void {
  const skin = createSkin(random.fork('skin'));
  const scar = createScar(random.fork('scar'));
  const ring = createRingNoise(random.fork('ring'), 64);
  const edgeMiddle = random.uniform(-0.82, -0.66);

  return ({ t, longitude }, pixel) => {
    const turn = longitude / (2 * Math.PI) + 1;
    // The scar ends in a wavy line of small teeth.
    const teeth = Math.abs(noiseAt(ring, turn * 64, 0.5));
    const edge = edgeMiddle + 0.02 * noiseAt(ring, turn * 64, 9.5) + 0.035 * teeth;
    if (t < edge) {
      scar(turn, t, edge, pixel);
      return;
    }
    skin(turn, t, pixel);
    if (t > edge + 0.08) return;
    cover(pixel, DARK_SEAM, 0.7 * smoothstep(edge + 0.03, edge, t));
    const beads = clamp(0.25 + noiseAt(ring, turn * 128, 40), 0, 1);
    cover(pixel, PALE_RIM, 0.7 * beads * smoothstep(0.035, 0.01, Math.abs(t - edge - 0.04)));
  };
}

/** Brown, with darker stripes from the base to the tip, downy towards the tip, scuffed. */
function createSkin(random: Random) {
  const bends = createRingNoise(random.fork('bends'), 4);
  const bands = createRingNoise(random.fork('bands'), 16);
  const stripes = createRingNoise(random.fork('stripes'), 32);
  const hairs = createRingNoise(random.fork('hairs'), 64);
  const mottles = createRingNoise(random.fork('mottles'), 16);
  const grain = createGrain(random.fork('grain'));
  const depth = random.uniform(0.82, 1.04);
  const warmth = random.uniform(-7, 7);
  const base: Colour = [182 * depth, (97 + warmth) * depth, (58 + warmth) * depth];
  const stripeStrength = random.uniform(0.16, 0.36);
  const downStrength = random.uniform(0.2, 0.95);
  const downFrom = random.uniform(0.2, 0.65);
  const scuffed = random.uniform(0.55, 0.85);

  return (turn: number, t: number, pixel: Pixel): void => {
    const bent = turn + 0.015 * noiseAt(bends, turn * 4, t * 1.3);
    const band = noiseAt(bands, bent * 16, t * 0.5);
    const stripe = noiseAt(stripes, bent * 32, t * 0.7);
    const fine = noiseAt(hairs, bent * 64, t * 1.5);
    const hair = noiseAt(hairs, bent * 128, t * 3 + 31);
    const blotches = noiseAt(mottles, turn * 16, t * 5);
    const speckles =
      0.5 * grainAt(grain, turn * 70, t * 24) + 0.4 * grainAt(grain, turn * 190, t * 60);
    const mottle = 0.55 * blotches + 0.45 * speckles;
    const dark = smoothstep(-0.05, 0.75, stripe + 0.5 * band + 0.35 * fine);
    cover(pixel, base, 1);
    shade(pixel, 1.06 - stripeStrength * dark + 0.09 * fine + 0.06 * hair + 0.17 * mottle);
    pixel.g *= 1 + 0.09 * mottle - 0.06 * dark;
    pixel.b *= 1 + 0.06 * mottle;

    const nearTip = smoothstep(downFrom, 1.05, t + 0.22 * band + 0.1 * mottle);
    const streaks = clamp(0.45 + 0.6 * hair + 0.7 * fine + 0.6 * mottle, 0, 1);
    cover(pixel, GREY_DOWN, 0.9 * downStrength * nearTip * streaks);
    const scuff = noiseAt(hairs, turn * 64, t * 9 + 5) + 0.6 * grainAt(grain, turn * 260, t * 60);
    const worn = smoothstep(scuffed, scuffed + 0.25, scuff) * smoothstep(-0.3, 0.4, blotches);
    cover(pixel, PALE_FLECK, 0.6 * worn);
  };
}

/** Where the nut hung on its stalk: matt, fibrous, greyer than the shell. */
function createScar(random: Random) {
  const blots = createRingNoise(random.fork('blots'), 8);
  const fibres = createRingNoise(random.fork('fibres'), 32);
  const grain = createGrain(random.fork('grain'));
  const depth = random.uniform(0.72, 1.08);
  const warmth = random.uniform(-6, 8);
  const base: Colour = [132 * depth + warmth, 99 * depth, 74 * depth - warmth];

  return (turn: number, t: number, edge: number, pixel: Pixel): void => {
    const blotch = layeredNoiseAt(blots, turn * 8, t * 12, 4);
    const swayed = turn + 0.03 * blotch;
    const fibre = noiseAt(fibres, swayed * 32, t * 16);
    const thread = noiseAt(fibres, swayed * 64, t * 34 + 17);
    cover(pixel, base, 1);
    const fuzz = grainAt(grain, turn * 130 + t * 20, t * 110);
    shade(pixel, 0.92 + 0.17 * fibre + 0.17 * thread + 0.28 * blotch + 0.1 * fuzz);
    // It lies a little deeper than the shell: darker along its edge.
    shade(pixel, 1 - 0.5 * smoothstep(0.07, 0, edge - t));
  };
}
