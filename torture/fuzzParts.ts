/** Hostile input, by what is read. */
import { fuzzPart } from './fuzz/fuzz.ts';
import { DOCUMENT_TARGETS, FOLDER_TARGETS, IMAGE_TARGETS, MODEL_TARGETS } from './fuzz/targets.ts';

export const fuzzImages = fuzzPart('fuzzImages', IMAGE_TARGETS);
export const fuzzModels = fuzzPart('fuzzModels', MODEL_TARGETS);
export const fuzzFolders = fuzzPart('fuzzFolders', FOLDER_TARGETS);
export const fuzzDocuments = fuzzPart('fuzzDocuments', DOCUMENT_TARGETS);
