/**
 * The metadata of the login that Flyte Admin publishes (flyteidl AuthMetadataService).
 */
@NullMarked
package io.flyteconnect.internal.discovery;

import org.jspecify.annotations.NullMarked;
