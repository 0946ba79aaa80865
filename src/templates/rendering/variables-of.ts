import { compileTemplate } from './template-text.js';

/** Dotted names of all variables the text uses, each once, the person's (`recipient.name`) included. */
export const variablesOf = (text: string): string[] => [...compileTemplate(text).variables];

/** Whether the text speaks of the person it goes to; if not, it is rendered once per locale. */
export const usesRecipient = (text: string): boolean => compileTemplate(text).usesRecipient;
