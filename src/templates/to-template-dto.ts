import { undeclaredNames } from './check-version-text.js';
import { stateOf, type TemplateRow } from './template-rows.js';
import { toDeclaredVariable, type TemplateVariableDto } from './template-variable.dto.js';
import type { SaveTemplateVersionDto, TemplateVersionDto, TemplateVersionSummaryDto } from './template-version.dto.js';
import type { TemplateVersion } from './template-version.entity.js';
import type { VersionSummary } from './template-versions.js';
import type { TemplateDetailDto, TemplateDto } from './template.dto.js';
import type { TemplateDetail } from './templates.js';
import type { VersionText } from './version-text.js';

/** Without a class, so that it can be spread. */
type Fields<Dto> = { [Name in keyof Dto]: Dto[Name] };

export function toTemplateDto(row: TemplateRow): Fields<TemplateDto> {
  const { id, code, name, category, publishedVersion, draftVersion, createdAt, updatedAt } = row;
  const state = stateOf(row);
  return { id: String(id), code, name, category, state, publishedVersion, draftVersion, createdAt, updatedAt };
}

export function toTemplateDetailDto(detail: TemplateDetail): TemplateDetailDto {
  return {
    ...toTemplateDto(detail),
    published: detail.published && toTemplateVersionDto(detail.published),
    draft: detail.draft && toTemplateVersionDto(detail.draft),
    versions: detail.versions.map(toTemplateVersionSummaryDto),
  };
}

export function toTemplateVersionSummaryDto(summary: VersionSummary): Fields<TemplateVersionSummaryDto> {
  const { version, state, createdAt, updatedAt, publishedAt } = summary;
  return { version, state, createdAt, updatedAt, publishedAt };
}

export function toTemplateVersionDto(version: TemplateVersion): TemplateVersionDto {
  const { contents, variables, options } = version;
  const undeclared = version.state === 'draft' ? undeclaredNames({ contents, variables }) : [];
  return { ...toTemplateVersionSummaryDto(version), contents, variables, options, undeclared };
}

export function toVersionText({ contents, variables, options }: SaveTemplateVersionDto): VersionText {
  return {
    contents,
    variables: variables?.map((variable: TemplateVariableDto) => toDeclaredVariable(variable)),
    ...(options === undefined ? {} : { options }),
  };
}
