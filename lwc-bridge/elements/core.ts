/** Entry of the bundle that hosts load: registers every element that record pages use. */
import './accord-lead-card.ts';
