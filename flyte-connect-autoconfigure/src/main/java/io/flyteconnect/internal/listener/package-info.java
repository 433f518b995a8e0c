/**
 * Who is told what happens on a connection.
 */
@NullMarked
package io.flyteconnect.internal.listener;

import org.jspecify.annotations.NullMarked;
