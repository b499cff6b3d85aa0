import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/random.ts';
import { createNutBody, drawNutPose, type NutHit, type NutPose } from './nutBody.ts';

const lying: NutPose = { x: 0, y: 0, scale: 1, angle: 0, lean: 0, width: 0.9, point: 0.6 };
const newHit = (): NutHit => ({ t: 0, longitude: 0, nx: 0, ny: 0, nz: 0 });

describe('createNutBody', () => {
  it('reaches from base to tip, and to its width at the waist', () => {
    const body = createNutBody(lying);
    const hit = newHit();
    expect(body(0.98, 0, hit)).toBe(true);
    expect(hit.t).toBeCloseTo(0.98, 6);
    expect(body(1.02, 0, hit)).toBe(false);
    expect(body(-0.98, 0, hit)).toBe(true);
    expect(body(-1.02, 0, hit)).toBe(false);
    expect(body(-0.15, 0.89, hit)).toBe(true);
    expect(body(-0.15, 0.91, hit)).toBe(false);
    expect(body(-0.15, -0.89, hit)).toBe(true);
  });

  it('meets the near side: a point built from t and longitude lies on the line of sight', () => {
    for (let seed = 0; seed < 20; seed++) {
      const pose = { ...drawNutPose(createRandom(seed)), x: 0.5, y: 0.5 };
      const body = createNutBody(pose);
      const hit = newHit();
      const random = createRandom(`sight ${seed}`);
      for (let trial = 0; trial < 20; trial++) {
        const x = random.uniform(0.3, 0.7);
        const y = random.uniform(0.3, 0.7);
        if (!body(x, y, hit)) continue;
        expect(Math.hypot(hit.nx, hit.ny, hit.nz)).toBeCloseTo(1, 6);
        expect(hit.nz).toBeGreaterThan(-1e-6);
        const across =
          ((y - 0.5) * Math.cos(pose.angle) - (x - 0.5) * Math.sin(pose.angle)) / pose.scale;
        const forward =
          ((x - 0.5) * Math.cos(pose.angle) + (y - 0.5) * Math.sin(pose.angle)) / pose.scale;
        const radius = across / Math.sin(hit.longitude);
        const up = radius * Math.cos(hit.longitude);
        const back = hit.t * Math.cos(pose.lean) - up * Math.sin(pose.lean);
        expect(back).toBeCloseTo(forward, 5);
        expect(radius).toBeLessThanOrEqual(pose.width + 1e-3);
      }
    }
  });

  it('shows the base when the tip leans away and the tip when it leans closer', () => {
    const hit = newHit();
    createNutBody({ ...lying, lean: -1.3 })(0, 0, hit);
    expect(hit.t).toBeLessThan(-0.8);
    createNutBody({ ...lying, lean: 1.3 })(0, 0, hit);
    expect(hit.t).toBeGreaterThan(0.6);
  });
});
