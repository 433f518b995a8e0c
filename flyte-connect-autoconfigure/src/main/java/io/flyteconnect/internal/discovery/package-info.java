/**
 * What Flyte Admin publishes about the login (flyteidl AuthMetadataService).
 */
@NullMarked
package io.flyteconnect.internal.discovery;

import org.jspecify.annotations.NullMarked;
