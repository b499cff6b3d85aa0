/**
 * The solid of a hazelnut, seen straight from above: a body of revolution whose axis may lean
 * towards the viewer, met by one line of sight per pixel.
 *
 * Body coordinates have the nut's half length as unit; t runs along the axis from the base at -1
 * to the tip at 1, and longitude 0 faces the viewer.
 */
import type { Random } from '../../core/random.ts';

export interface NutPose {
  readonly x: number;
  readonly y: number;
  /** Half the nut's length in image sides. */
  readonly scale: number;
  /** Direction of the tip in the image, radians. */
  readonly angle: number;
  /** Lean of the tip towards the viewer, radians. */
  readonly lean: number;
  /** Half width over half length. */
  readonly width: number;
  /** Larger is more pointed, from 0.5 (round) to 1 (a cone). */
  readonly point: number;
}

/** Where a line of sight meets the nut. */
export interface NutHit {
  /** Position along the axis, -1 (base) to 1 (tip). */
  t: number;
  /** Radians; the seam at pi lies at the back. */
  longitude: number;
  /** Surface normal in image directions; z points to the viewer. */
  nx: number;
  ny: number;
  nz: number;
}

/** Fills `hit` and returns true where the nut is met. */
export type NutBody = (x: number, y: number, hit: NutHit) => boolean;

export function drawNutPose(random: Random): NutPose {
  return {
    x: 0.5 + random.uniform(-0.03, 0.03),
    y: 0.5 + random.uniform(-0.03, 0.03),
    scale: random.uniform(0.315, 0.36),
    angle: random.uniform(-Math.PI, Math.PI),
    lean: random.uniform(-0.75, 0.35),
    width: random.uniform(0.86, 0.97),
    point: random.uniform(0.56, 0.68),
  };
}

const PROFILE_STEPS = 1024;
/** The square of a radius that holds every nut. */
const ROOM = 1.1;

/** The widest place of the profile. */
const WAIST = -0.15;

/** Half width at t, concave, steep at both ends. */
function profileAt(t: number, width: number, point: number): number {
  return t > WAIST
    ? width * (1 - ((t - WAIST) / (1 - WAIST)) ** 2) ** point
    : width * (1 - ((WAIST - t) / (1 + WAIST)) ** 2.3) ** 0.5;
}

export function createNutBody({ x: cx, y: cy, scale, angle, lean, width, point }: NutPose) {
  const profile = new Float64Array(PROFILE_STEPS + 1);
  // The very ends are left out: there the profile is vertical, and Newton's steps would vanish.
  const end = 0.999;
  for (let i = 0; i <= PROFILE_STEPS; i++) {
    profile[i] = profileAt(end * ((2 * i) / PROFILE_STEPS - 1), width, point);
  }
  const step = (2 * end) / PROFILE_STEPS;
  const cosAngle = Math.cos(angle);
  const sinAngle = Math.sin(angle);
  const cosLean = Math.cos(lean);
  const sinLean = Math.sin(lean);

  const body: NutBody = (x, y, hit) => {
    const dx = (x - cx) / scale;
    const dy = (y - cy) / scale;
    const room = ROOM - dx * dx - dy * dy;
    if (room < 0) return false;
    const forward = dx * cosAngle + dy * sinAngle;
    const across = dy * cosAngle - dx * sinAngle;

    // Distance to the axis minus the profile is convex along the line of sight, so Newton's
    // method from outside walks monotonically to the near side, or past the minimum of a miss.
    let z = Math.sqrt(room);
    for (let iteration = 0; iteration < 16; iteration++) {
      const t = forward * cosLean + z * sinLean;
      const up = z * cosLean - forward * sinLean;
      const radius = Math.sqrt(up * up + across * across) + 1e-9;
      const cell = Math.min(Math.max(Math.floor((t + end) / step), 0), PROFILE_STEPS - 1);
      const slope = (profile[cell + 1]! - profile[cell]!) / step;
      const outside = radius - (profile[cell]! + slope * (t + end - cell * step));
      if (outside < 1e-4) {
        const norm = 1 / Math.sqrt(1 + slope * slope);
        const alongAxis = -slope * norm;
        const outUp = (up / radius) * norm;
        const outAcross = (across / radius) * norm;
        const outForward = alongAxis * cosLean - outUp * sinLean;
        hit.t = t;
        hit.longitude = Math.atan2(across, up);
        hit.nx = outForward * cosAngle - outAcross * sinAngle;
        hit.ny = outForward * sinAngle + outAcross * cosAngle;
        hit.nz = alongAxis * sinLean + outUp * cosLean;
        return true;
      }
      const descent = (up / radius) * cosLean - slope * sinLean;
      if (descent < 1e-3) return false;
      z -= outside / descent;
    }
    return false;
  };
  return body;
}
