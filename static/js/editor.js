// The product editor with scripts: files on their way, drag and drop, arrows in the grid, preview as typed. Without it all of it works.
import { pictures } from './editor/pictures.js';
import { grid } from './editor/grid.js';
import { options } from './editor/options.js';
import { text } from './editor/text.js';

const form = document.getElementById('product');
if (form) for (const part of [pictures, grid, options, text]) part(form);
