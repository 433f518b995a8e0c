/**
 * The grants that need nobody: the token endpoint answers a request of the service alone.
 */
@NullMarked
package io.flyteconnect.internal.grant.direct;

import org.jspecify.annotations.NullMarked;
