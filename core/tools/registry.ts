import { type Result, err, ok } from '../base/result.ts';
import { type AppError, appError } from '../contract/errors.ts';
import { nearestNames } from '../domain/workflow/nearest-name.ts';
import type { AnyTool } from './define-tool.ts';
import { getWorkflowTemplate } from './discover/get-workflow-template.tool.ts';
import { listWorkflowTemplates } from './discover/list-workflow-templates.tool.ts';
import { addNode } from './pilot/add-node.tool.ts';
import { applyWorkflowPatch } from './pilot/apply-workflow-patch.tool.ts';
import { connectNodes } from './pilot/connect-nodes.tool.ts';
import { addCheckpoint } from './pilot/history/add-checkpoint.tool.ts';
import { goToCheckpoint } from './pilot/history/go-to-checkpoint.tool.ts';
import { listCheckpoints } from './pilot/history/list-checkpoints.tool.ts';
import { getWorkflowDiff } from './pilot/history/get-workflow-diff.tool.ts';
import { previewWorkflowPatch } from './pilot/preview-workflow-patch.tool.ts';
import { redo } from './pilot/history/redo.tool.ts';
import { resetWorkflow } from './pilot/history/reset-workflow.tool.ts';
import { saveWorkflow } from './pilot/save-workflow.tool.ts';
import { setInput } from './pilot/set-input.tool.ts';
import { undoWorkflowPatch } from './pilot/history/undo-workflow-patch.tool.ts';
import { explainWorkflow } from './understand/explain-workflow.tool.ts';
import { findMissing } from './understand/find-missing.tool.ts';
import { forecastVramNeed } from './understand/forecast-vram.tool.ts';
import { getEditableFields } from './understand/get-editable-fields.tool.ts';
import { getNodeInfo } from './understand/get-node-info.tool.ts';
import { getQueueStatus } from './understand/get-queue-status.tool.ts';
import { getAgentStats } from './understand/get-agent-stats.tool.ts';
import { getSystemStats } from './understand/get-system-stats.tool.ts';
import { isComfyuiRunning } from './understand/is-comfyui-running.tool.ts';
import { listModels } from './understand/list-models.tool.ts';
import { loadWorkflow } from './understand/load-workflow.tool.ts';
import { validateOpenWorkflow } from './understand/validate-workflow.tool.ts';
import { whatCanYouDo } from './understand/what-can-you-do.tool.ts';
import { executeWithProgress } from './verify/execute-with-progress.tool.ts';
import { explainLastError } from './verify/explain-last-error.tool.ts';
import { getExecutionStatus } from './verify/get-execution-status.tool.ts';
import { getOutputImage } from './verify/get-output-image.tool.ts';
import { interrupt } from './verify/interrupt.tool.ts';
import { proposeFix } from './verify/propose-fix.tool.ts';
import { renderBatch } from './verify/render-batch.tool.ts';
import { validateBeforeExecute } from './verify/validate-before-execute.tool.ts';

const doing: readonly AnyTool[] = [
  // understand
  isComfyuiRunning,
  loadWorkflow,
  explainWorkflow,
  findMissing,
  getEditableFields,
  getNodeInfo,
  listModels,
  validateOpenWorkflow,
  getSystemStats,
  getAgentStats,
  forecastVramNeed,
  getQueueStatus,
  // discover
  listWorkflowTemplates,
  getWorkflowTemplate,
  // pilot
  setInput,
  addNode,
  connectNodes,
  applyWorkflowPatch,
  previewWorkflowPatch,
  undoWorkflowPatch,
  redo,
  resetWorkflow,
  getWorkflowDiff,
  addCheckpoint,
  listCheckpoints,
  goToCheckpoint,
  saveWorkflow,
  // verify
  validateBeforeExecute,
  executeWithProgress,
  renderBatch,
  getExecutionStatus,
  getOutputImage,
  interrupt,
  explainLastError,
  proposeFix,
];

/** Every tool, once: the model's list, the MCP server, the labels in the window and docs/tools.md come from here. */
export const tools: readonly AnyTool[] = [whatCanYouDo(doing), ...doing];

/** The tool of that name, or an error with the names closest to it. */
export function findTool(name: string): Result<AnyTool, AppError> {
  const found = tools.find((tool) => tool.name === name);
  if (found !== undefined) return ok(found);
  const names = tools.map((tool) => tool.name);
  return err(appError('tool/unknown', { name, near: [...nearestNames(name, names, 3)] }));
}
