import { expect, test } from 'vitest';
import { groupsOf, planeOf, wavePoints } from '../../test/support/wavePoints.ts';
import { pairwiseDistances } from './distances.ts';
import { silhouette } from './silhouette.ts';

const points = wavePoints(40, 5);
const distances = pairwiseDistances(points, 5);
const groups = groupsOf(40);

// sklearn.metrics.silhouette_score(X, groups), scikit-learn 1.2.1; distances are float32 here
test('is that of scikit-learn', () => {
  expect(silhouette(distances, groups)).toBeCloseTo(0.31540889424253155, 8);
  const plane = pairwiseDistances(planeOf(points, 5), 2);
  expect(silhouette(plane, groups)).toBeCloseTo(0.3312350304631326, 8);
});

test('counts a point that is alone in its group as 0', () => {
  const alone = groups.map((group, point) => (point === 7 ? 3 : group));
  expect(silhouette(distances, alone)).toBeCloseTo(0.17200032821485767, 8);
});

test('leaves out points of group -1', () => {
  const two = groups.map((group) => (group === 2 ? -1 : group));
  expect(silhouette(distances, two)).toBeCloseTo(0.3291721609755534, 8);
});

test('is not defined for one group, none, or all points alone', () => {
  expect(silhouette(distances, new Array(40).fill(0))).toBeUndefined();
  expect(silhouette(distances, new Array(40).fill(-1))).toBeUndefined();
  expect(silhouette(distances, [...groups.keys()])).toBeUndefined();
});

test('of points that all coincide is 0', () => {
  const same = pairwiseDistances(new Float64Array(12), 2);
  expect(silhouette(same, groupsOf(6))).toBe(0);
});
