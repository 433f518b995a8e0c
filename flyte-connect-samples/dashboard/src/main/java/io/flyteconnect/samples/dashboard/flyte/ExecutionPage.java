package io.flyteconnect.samples.dashboard.flyte;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of executions.
 *
 * @param executions the executions, newest first
 * @param nextToken where the next page starts, or {@code null} if this is the last one
 * @since 0.1.0
 */
public record ExecutionPage(List<ExecutionSummary> executions, @Nullable String nextToken) {

}
