export { CreateProjectError, type CreateProjectErrorCode } from './create-error.js';
export { createProject, type CreatedProject } from './create-project.js';
export type { FrameworkName } from './frameworks.js';
export type { PackageManagerName } from './package-managers.js';
export type { Language, ProjectOptions } from './project-options.js';
export type { ProviderName } from './providers.js';
