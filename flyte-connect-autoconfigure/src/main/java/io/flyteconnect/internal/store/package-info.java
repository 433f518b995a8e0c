/**
 * Where a login is kept.
 */
@NullMarked
package io.flyteconnect.internal.store;

import org.jspecify.annotations.NullMarked;
